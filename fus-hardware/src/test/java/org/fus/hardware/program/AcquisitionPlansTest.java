package org.fus.hardware.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.Transmit;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.plan.ScanPlanner;
import org.fus.hardware.plan.VolumeRegularity;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AcquisitionPlansTest {
    private static final Probe ICO_PRIME = ProbeCatalogue.ICO_PRIME;

    static Stream<Arguments> kindsAndProbes() {
        return Stream.of(PlanKind.values())
                .flatMap(kind -> ProbeCatalogue.all().stream()
                        .filter(p -> p.elements() <= SimulatedScanner.LIMITS.channels())
                        .filter(p -> kind != PlanKind.RCA || p.type() == Probe.Type.ROW_COLUMN)
                        .filter(p -> kind != PlanKind.MULTI_ARRAY || p.type() == Probe.Type.MULTI_ARRAY)
                        .map(p -> Arguments.of(kind, p)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndProbes")
    void everyUsualPlan_runsOnTheSimulatedScanner(PlanKind kind, Probe probe) {
        AcquisitionPlan plan = AcquisitionPlans.of(kind, probe);
        ProgramReport report = ProgramValidator.of(SimulatedScanner.LIMITS).check(plan, probe, MotorModel.DEFAULT);
        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.actual()).noneMatch(ProgramReport.Actual::differs);
        assertThat(plan.program().single()).isPresent();
    }

    @Test
    void fus2d_isTheVendorsSequence() {
        FiringGroup group = AcquisitionPlans.fus2d(ICO_PRIME).program().groups().getFirst();
        assertThat(group.sequence().size()).isEqualTo(11);
        assertThat(((Transmit.PlaneWave) group.sequence().transmits().getFirst()).tiltRad())
                .isCloseTo(Math.toRadians(-10), within(1e-15)); // one rounding
        assertThat(((Transmit.PlaneWave) group.sequence().transmits().get(5)).tiltRad())
                .isZero();
        assertThat(group.sequence().pulseRepetitionFrequencyHz()).isEqualTo(5500);
        assertThat(group.receive().samplingFrequencyHz()).isEqualTo(62.5e6);
        assertThat(group.framesPerBlock()).isEqualTo(200);
        // 1.0 to 10.0 mm, with 14 mm of aperture at 10 degrees and f-number 1: 23.6 mm of path, 876 samples, next 64
        assertThat(group.receive().startTimesS().getFirst()).isCloseTo(2e-3 / 1540, within(1e-12));
        assertThat(group.receive().samples()).isEqualTo(896);
    }

    @Test
    void rca_firesColumnsThenRows() {
        FiringGroup group =
                AcquisitionPlans.rca(ProbeCatalogue.RC6GV).program().groups().getFirst();
        assertThat(group.sequence().size()).isEqualTo(42);
        assertThat(group.sequence().pulseRepetitionFrequencyHz()).isEqualTo(42 * 310);
        Transmit first = group.sequence().transmits().getFirst();
        Transmit last = group.sequence().transmits().getLast();
        // columns are elements 0 to 127
        assertThat(first.aperture().weight(127)).isEqualTo(1);
        assertThat(first.aperture().weight(128)).isZero();
        assertThat(last.aperture().weight(127)).isZero();
        assertThat(last.aperture().weight(128)).isEqualTo(1);
        assertThat(((Transmit.PlaneWave) first).tiltRad()).isNegative();
        assertThat(((Transmit.PlaneWave) last).elevationRad()).isPositive();
    }

    @Test
    void multiArray_tilesTheDistanceOfItsArrays() {
        AcquisitionPlan plan = AcquisitionPlans.multiArray(ProbeCatalogue.ICO_PRIME_MULTI_ARRAY);
        List<Double> elevations = VolumeRegularity.of(
                        ScanPlanner.arrayPoses(plan.scan().poses(), 4, 2.1e-3))
                .elevationsM();
        assertThat(elevations).hasSize(16);
        // the micrometre to which readers tell elevations apart
        assertThat(elevations.get(1) - elevations.get(0)).isCloseTo(0.525e-3, within(1.1e-6));
    }

    @Test
    void fus3dT_forecast_countsVisitsAndMotors() {
        AcquisitionPlan plan = AcquisitionPlans.fus3dT(ICO_PRIME);
        Forecast f = ProgramValidator.of(SimulatedScanner.LIMITS)
                .check(plan, ICO_PRIME, MotorModel.DEFAULT)
                .forecast();
        assertThat(f.frames()).isEqualTo(8 * 100 * 200);
        assertThat(f.frameBytes()).isEqualTo(2L * 11 * 128 * 896);
        assertThat(f.diskBytes()).isEqualTo(f.frames() * f.frameBytes());
        assertThat(f.recordingS()).isCloseTo(800 * 0.4, within(1e-6)); // a sum of 160000 periods
        // there and back again: 7 steps of 0.4 mm per volume, none between volumes; below the ramp of 1 mm
        double stepS = 2 * Math.sqrt(0.4e-3 / 0.1) + 0.05;
        assertThat(f.motorS()).isCloseTo(700 * stepS, within(1e-6)); // poses are rounded to 1e-16 m
        assertThat(f.durationS()).isEqualTo(f.recordingS() + f.motorS());
        assertThat(f.peakBytesPerS()).isCloseTo(500.0 * f.frameBytes(), within(1.0)); // a byte in 1e9
        assertThat(f.dutyCycle()).isCloseTo(11 * 500 * 2 / 15.625e6, within(1e-12));
    }

    @Test
    void motors_multiArrayPose_takesWhatIsPublished() {
        AcquisitionPlan plan = AcquisitionPlans.multiArray(ProbeCatalogue.ICO_PRIME_MULTI_ARRAY);
        // 4 poses in 2.4 s with 0.4 s recorded at each: 0.2 s for a step; the model is meant to 5 %
        double step = MotorModel.DEFAULT.moveS(
                plan.scan().poses().get(0), plan.scan().poses().get(1));
        assertThat(step).isCloseTo(0.2, within(0.01));
    }

    @Test
    void motors_turnAndStraight_takeTheLongerOne() {
        MotorModel motors = new MotorModel(10e-3, 0.1, Math.toRadians(30), 0);
        UprightPose turned = new UprightPose(20e-3, 0, 0, Math.toRadians(15));
        // 20 mm at 10 mm/s with two ramps of 0.1 s: 2.1 s; 15 degrees: 0.5 s
        assertThat(motors.moveS(UprightPose.HOME.probeToLab(), turned.probeToLab()))
                .isCloseTo(2.1, within(1e-9));
        UprightPose only = new UprightPose(0, 0, 0, Math.toRadians(90));
        assertThat(motors.moveS(UprightPose.HOME.probeToLab(), only.probeToLab()))
                .isCloseTo(3, within(1e-6));
        assertThat(motors.moveS(only.probeToLab(), only.probeToLab())).isZero();
    }

    @Test
    void plan_withEveryMistake_namesAll() {
        AcquisitionPlan good = AcquisitionPlans.fus2d(ICO_PRIME);
        assertThatThrownBy(() -> good.withFiring(new AcquisitionPlan.Firing(0, 2, -1, 99, Double.NaN, 1e9, 0, 500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "waves: 0",
                        "maxTiltDeg: 114",
                        "centerFrequencyMHz:",
                        "pulseCycles: 99",
                        "firingRateHz: NaN",
                        "frameRateHz:",
                        "soundSpeedMPerS: 0",
                        "voltageV: 500");
        assertThatThrownBy(() -> AcquisitionPlans.rca(ICO_PRIME)).hasMessageContaining("probe:");
        assertThatThrownBy(() -> good.withDepthM(5e-3, 5e-3)).hasMessageContaining("nearMm, farMm");
        assertThatThrownBy(() -> good.withBlocks(0)).hasMessageContaining("blocks: 0");
    }

    @Test
    void bMode_plan_playsOnTheDevice() {
        Probe small = Probe.linear("small", 16, 0.2e-3, 15e6)
                .elevation(1.5e-3, 8e-3)
                .fractionalBandwidth(0.6)
                .build();
        AcquisitionPlan plan = AcquisitionPlans.bMode(small).withBlocks(1);
        AcquisitionPlan.Receiving r = plan.receiving();
        AcquisitionPlan two = new AcquisitionPlan(
                plan.kind(),
                small,
                plan.firing(),
                new AcquisitionPlan.Receiving(r.nearM(), r.farM(), r.samplingFrequencyHz(), 2),
                plan.visiting());
        try (UltrasoundDevice device = SimulatedScanner.builder().probe(small).open()) {
            int[] frames = {0};
            device.start(device.upload(two.program(), small), block -> frames[0] += block.frames())
                    .await();
            assertThat(frames[0]).isEqualTo(2);
        }
    }
}
