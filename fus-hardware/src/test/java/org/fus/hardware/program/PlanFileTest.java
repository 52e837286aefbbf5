package org.fus.hardware.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.hardware.plan.VisitOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanFileTest {
    private static AcquisitionPlan read(String json) {
        PlanFile.Reading reading = PlanFile.parse(json);
        assertThat(reading.problems()).isEmpty();
        return reading.plan().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void kindAlone_isTheUsualPlan(PlanKind kind) {
        Probe probe = switch (kind) {
            case RCA -> ProbeCatalogue.RC6GV;
            case MULTI_ARRAY -> ProbeCatalogue.ICO_PRIME_MULTI_ARRAY;
            default -> ProbeCatalogue.ICO_PRIME;
        };
        assertThat(read("{\"kind\": \"" + kind.text() + "\"}")).isEqualTo(AcquisitionPlans.of(kind, probe));
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void usualPlan_comesBackTheSame(PlanKind kind) {
        AcquisitionPlan plan = read("{\"kind\": \"" + kind.text() + "\"}");
        assertThat(read(PlanFile.write(plan))).isEqualTo(plan);
    }

    @Property
    void anyPlan_comesBackTheSame_anglesTo13Digits(
            @ForAll @IntRange(min = 2, max = 200) int waves,
            @ForAll @Scale(9) @DoubleRange(min = 1e-3, max = 1.5) double tiltRad,
            @ForAll @Scale(9) @DoubleRange(min = 1, max = 2000) double frameRateHz,
            @ForAll @Scale(9) @DoubleRange(min = 0, max = 5e-3) double nearM,
            @ForAll @Scale(9) @DoubleRange(min = 1e-3, max = 50e-3) double depthM,
            @ForAll @Scale(9) @DoubleRange(min = -10e-3, max = 10e-3) double xM,
            @ForAll @Scale(9) @DoubleRange(min = -3, max = 3) double angleRad,
            @ForAll long seed) {
        AcquisitionPlan usual = AcquisitionPlans.customPoses(ProbeCatalogue.L22_14V, List.of(UprightPose.HOME));
        AcquisitionPlan.Firing f = usual.firing();
        AcquisitionPlan plan = usual.withFiring(new AcquisitionPlan.Firing(
                        waves,
                        tiltRad,
                        f.centerFrequencyHz() * 1.0371,
                        2.5,
                        frameRateHz * waves * 1.25,
                        frameRateHz,
                        1531.7,
                        19.3))
                .withDepthM(nearM, nearM + depthM)
                .withVisiting(new AcquisitionPlan.Visiting(
                        new UprightPose(xM, -xM, xM / 3, angleRad),
                        List.of(new UprightPose(xM / 7, 0, 1e-9, -angleRad)),
                        1,
                        0,
                        7,
                        3,
                        VisitOrder.RANDOM,
                        seed));
        AcquisitionPlan back = read(PlanFile.write(plan));
        assertThat(back.receiving()).isEqualTo(plan.receiving());
        assertThat(back.visiting().centre().xM()).isEqualTo(xM);
        assertThat(back.visiting().poses().getFirst().xM()).isEqualTo(xM / 7);
        assertThat(back.visiting().seed()).isEqualTo(seed);
        assertThat(back.firing().centerFrequencyHz()).isEqualTo(plan.firing().centerFrequencyHz());
        assertThat(back.firing().firingRateHz()).isEqualTo(plan.firing().firingRateHz());
        // 13 digits of at most 172 degrees
        assertThat(back.firing().maxTiltRad()).isCloseTo(tiltRad, within(1e-11));
        assertThat(back.visiting().centre().angleRad()).isCloseTo(angleRad, within(1e-11));
        assertThat(PlanFile.write(back)).isEqualTo(PlanFile.write(plan));
    }

    @Test
    void fewerWaves_fireAsFastAsTheFramesNeed() {
        AcquisitionPlan plan = read("{\"kind\": \"2d-fus\", \"waves\": 5, \"frameRateHz\": 400} // mouse");
        assertThat(plan.firing().firingRateHz()).isEqualTo(2000);
        assertThat(plan.program().single()).isPresent();
        AcquisitionPlan pausing = read("{\"kind\": \"2d-fus\", \"firingRateHz\": 11000}");
        assertThat(pausing.program().single()).isEmpty();
        assertThat(pausing.program().groups().getFirst().schedule().periodS()).isEqualTo(1 / 500.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                      | kind: missing, expected one of 2d-fus, 3d-angio
        {"kind": 3}                                             | kind: 3, expected a text
        {"kind": "4d"}                                          | kind: "4d", expected one of 2d-fus
        {"kind": "2d-fus", "wave": 3}                           | wave: unknown key, expected one of blocks, centerFrequencyMHz
        {"kind": "2d-fus", "waves": 2.5}                        | waves: 2.5, expected a whole number
        {"kind": "2d-fus", "waves": "11"}                       | waves: "11", expected a whole number
        {"kind": "2d-fus", "waves": -1}                         | waves: -1, expected 1 to 4096
        {"kind": "2d-fus", "maxTiltDeg": 90}                    | maxTiltDeg: 90.0 degrees, expected 0 or more
        {"kind": "2d-fus", "maxTiltDeg": 0}                     | maxTiltDeg: 0 degrees for 11 waves
        {"kind": "2d-fus", "nearMm": 12}                        | nearMm, farMm: 12.0 to 10.0 mm
        {"kind": "2d-fus", "farMm": 1e999}                      | nearMm, farMm:
        {"kind": "2d-fus", "farMm": 1e-2147483640}              | nearMm, farMm: 1.0 to 0.0 mm
                    {"kind": "2d-fus", "samplingMHz": 20}                   | samplingMHz: 20.0 MHz is below twice
        {"kind": "2d-fus", "frameRateHz": 600, "firingRateHz": 5500} | frameRateHz: 600.0 frames of 11 firings
        {"kind": "2d-fus", "probe": "IcoMax"}                   | probe: "IcoMax" is not in the catalogue: IcoPrime
        {"kind": "rca", "probe": "IcoPrime"}                    | probe: Probe[IcoPrime,
        {"kind": "2d-fus", "cycles": 2}                         | cycles: 2, expected 1 for kind 2d-fus
        {"kind": "2d-fus", "positions": 2}                      | positions: 2, expected 1
        {"kind": "2d-fus", "poses": [{"xMm": 1}]}               | poses: 1 poses, expected none
        {"kind": "custom-poses", "poses": []}                   | poses: 0 poses, expected at least one
        {"kind": "custom-poses", "poses": [{}, {"yMM": 1}]}     | poses[1].yMM: unknown key, expected one of angleDeg
        {"kind": "custom-poses", "poses": [{}, 7]}              | poses[1]: 7, expected an object
        {"kind": "custom-poses", "poses": 7}                    | poses: 7, expected a list of objects
        {"kind": "2d-fus", "centre": [0, 0]}                    | centre: [0,0], expected an object
        {"kind": "2d-fus", "centre": {"xMm": "1"}}              | centre.xMm: "1", expected a number
        {"kind": "3d-angio", "stepMm": 2}                       | stepMm: 2.0 mm, expected 0.1 to 1 mm
        {"kind": "multi-array", "positions": 100}               | positions: step: 0.02
        {"kind": "3d-t", "order": "sideways"}                   | order: "sideways", expected one of serial, serpentine, random
        {"kind": "3d-t", "seed": 1e30}                          | seed: 1
        {"kind": "3d-t", "cycles": 1000000}                     | cycles: 8000000 visits of a pose
        {"kind": "2d-fus", "blocks": 1000000, "framesPerBlock": 1000000} | blocks: 1000000 blocks of 1000000 frames
        {"kind": "2d-fus", "kind": "ulm"}                       | line 1, column
        {"kind": "2d-fus"                                       | line 1, column
        {"kind": "2d-fus"} {}                                   | line 1, column
        [1]                                                     | plan: expected one JSON object
        """)
    void eachMistake_isNamed(String json, String problem) {
        PlanFile.Reading reading = PlanFile.parse(json);
        assertThat(reading.plan()).isEmpty();
        assertThat(reading.problems()).anyMatch(p -> p.startsWith(problem));
    }

    @Test
    void everyMistakeAtOnce_isNamed() {
        PlanFile.Reading reading = PlanFile.parse("""
            {"kind": "3d-t", "probe": "IcoPrime", "waves": 0, "voltage": 3, "nearMm": -1, "blocks": "x", "stepMm": 0}
            """);
        assertThat(reading.problems())
                .extracting(p -> p.substring(0, p.indexOf(':')))
                .containsExactlyInAnyOrder("voltage", "blocks", "waves", "nearMm, farMm", "stepMm");
    }

    @Test
    void unknownProbe_hidesNothing() {
        PlanFile.Reading reading = PlanFile.parse("""
            {"kind": "multi-array", "probe": "IcoMax", "waves": 0, "voltage": 3, "nearMm": -1}
            """);
        assertThat(reading.problems())
                .extracting(p -> p.substring(0, p.indexOf(':')))
                .containsExactlyInAnyOrder("probe", "voltage", "waves", "nearMm, farMm");
    }

    @Test
    void unknownKindAndWrongTypes_areBothNamed() {
        assertThat(PlanFile.parse("{\"kind\": \"x\", \"waves\": true}").problems())
                .hasSize(2)
                .anyMatch(p -> p.startsWith("waves: true"));
    }

    @Test
    void empty_deepAndHugeTexts_areRefused(@TempDir Path folder) throws IOException {
        assertThat(PlanFile.parse("").problems()).hasSize(1);
        assertThat(PlanFile.parse("[".repeat(100_000)).problems()).hasSize(1);
        Path big = Files.writeString(folder.resolve("big.json"), " ".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> PlanFile.read(big))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("1048576");
        assertThatThrownBy(() -> PlanFile.read(folder.resolve("none.json")))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("no such file");
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"kind\": \"2d-fus\", \"waves\": 0, \"x\": 1}");
        assertThatThrownBy(() -> PlanFile.read(bad))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContainingAll("bad.json", "waves: 0", "x: unknown key");
    }

    @Test
    void write_probeOfOnesOwn_isRefused() {
        Probe own = Probe.linear("IcoPrime", 64, 0.1e-3, 15e6).build();
        assertThatThrownBy(() -> PlanFile.write(AcquisitionPlans.fus2d(own)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("catalogue");
    }
}
