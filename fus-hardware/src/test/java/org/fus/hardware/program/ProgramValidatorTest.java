package org.fus.hardware.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.SuperGroup;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.Test;

class ProgramValidatorTest {
    private static final Probe PROBE = ProbeCatalogue.ICO_PRIME;
    private static final ProgramValidator VALIDATOR = ProgramValidator.of(SimulatedScanner.LIMITS);
    private static final TransmitSequence WAVES = TransmitSequence.planeWaves(-0.1, 0.1, 3, 15.625e6, 5000);

    private static AcquisitionProgram one(TransmitSequence sequence, SampleAxis receive) {
        return new AcquisitionProgram(sequence, receive, 10, 10);
    }

    private static SampleAxis axis(int transmits) {
        return SampleAxis.common(62.5e6, 2e-6, transmits, 640);
    }

    private static TransmitSequence firing(Transmit... transmits) {
        return new TransmitSequence(List.of(transmits), 15.625e6, 5000, 1540);
    }

    private static List<String> problems(AcquisitionProgram program) {
        return VALIDATOR.check(program, PROBE, PROBE).problems();
    }

    private static void assertOnly(AcquisitionProgram program, String path) {
        assertThat(problems(program)).singleElement().asString().startsWith(path + ": ");
    }

    private static FiringGroup at(String name, double periodS, double... offsetsS) {
        List<Control> events = new ArrayList<>();
        for (double t : offsetsS) {
            events.add(Control.after(t));
        }
        return new FiringGroup(name, WAVES, axis(3), events, 10, Schedule.repeat(10, periodS));
    }

    private static AcquisitionProgram units(String first, org.fus.core.sequence.ProgramUnit... units) {
        return new AcquisitionProgram(List.of(units), first, Control.IMMEDIATE);
    }

    @Test
    void goodProgram_hasNoProblem() {
        assertThat(problems(one(WAVES, axis(3)))).isEmpty();
    }

    @Test
    void eachMistake_isFoundAtItsPlace() {
        assertOnly(one(firing(new Transmit.SingleElement(128)), axis(1)), "groups[0].events[0].transmit");
        assertOnly(
                one(
                        firing(
                                new Transmit.PlaneWave(0),
                                new Transmit.PlaneWave(0, 0, TransmitAperture.range(0, 2, 64))),
                        axis(2)),
                "groups[0].events[1].transmit");
        assertOnly(
                one(firing(new Transmit.ElementDelays(List.of(0.0, 1e-7))), axis(1)), "groups[0].events[0].transmit");
        assertOnly(one(new TransmitSequence(WAVES.transmits(), 5e6, 5000, 1540), axis(3)), "groups[0].centerFrequency");
        assertOnly(
                one(new TransmitSequence(WAVES.transmits(), 15.625e6, 31e3, 1540), axis(3)),
                "groups[0].pulseRepetitionFrequency");
        assertOnly(one(WAVES, SampleAxis.common(30e6, 2e-6, 3, 320)), "groups[0].samplingFrequency");
        assertOnly(one(WAVES, SampleAxis.common(126e6, 2e-6, 3, 640)), "groups[0].samplingFrequency");
        assertOnly(one(WAVES, SampleAxis.common(62.5e6, 2e-6, 3, 7001)), "groups[0].samples");
        assertOnly(
                one(WAVES, new SampleAxis(62.5e6, List.of(2e-6, -1e-6, 2e-6), 640)), "groups[0].events[1].startTime");
        // 2 us and 640 samples end at 12.24 us: 195 us after the second firing they do not fit into 200
        assertOnly(one(WAVES, new SampleAxis(62.5e6, List.of(2e-6, 195e-6, 2e-6), 640)), "groups[0].events[1].period");
        assertOnly(new AcquisitionProgram(WAVES, axis(3), 1 << 20, 1 << 20), "groups[0].framesPerBlock");
        assertOnly(
                one(firing(new Transmit.ElementDelays(java.util.Collections.nCopies(128, 250e-6))), axis(1)),
                "groups[0].events[0].delays");
    }

    @Test
    void probeOfAnotherKind_isFound() {
        assertThat(VALIDATOR
                        .check(one(WAVES, axis(3)), ProbeCatalogue.L15_XTECH, PROBE)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("probe: ");
        TransmitSequence low = TransmitSequence.planeWaves(-0.1, 0.1, 3, 7.81e6, 5000);
        assertThat(VALIDATOR
                        .check(
                                new AcquisitionProgram(low, SampleAxis.common(62.5e6, 2e-6, 3, 640), 10, 10),
                                ProbeCatalogue.MATRIX1024_8,
                                ProbeCatalogue.MATRIX1024_8)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("groups[0].channels: 1024, at most 256");
    }

    @Test
    void timesOfEvents_areCheckedEach() {
        // 20 us apart: faster than 30 kHz
        assertOnly(units("a", at("a", 1e-3, 0, 20e-6, 400e-6)), "groups[0].events[0].period");
        assertOnly(units("a", at("a", 1e-3, 0, 0, 400e-6)), "groups[0].events[1].timeOffset");
        // the echo of the last firing comes after the next frame has begun: 995 + 12.24 us
        assertThat(problems(units("a", at("a", 1e-3, 0, 200e-6, 995e-6))))
                .hasSize(2)
                .allMatch(p -> p.startsWith("groups[0].events[2].period: "));
        assertOnly(units("a", at("a", 1e-3, 0, 200e-6, 1001e-6)), "groups[0].period");
    }

    @Test
    void problemInALaterGroup_isCountedAmongGroups() {
        FiringGroup good = at("a", 1e-3, 0, 200e-6, 400e-6);
        FiringGroup bad = at("b", 1e-3, 0, 20e-6, 400e-6);
        SuperGroup twice = new SuperGroup("s", "b", Schedule.repeat(2, 0));
        FiringGroup first = new FiringGroup(
                "a",
                WAVES,
                axis(3),
                good.events(),
                10,
                Schedule.repeat(10, 1e-3).then("s"));
        assertOnly(units("a", first, twice, bad), "groups[1].events[0].period");
    }

    @Test
    void busyProbe_exceedsTheDuty() {
        List<String> found = VALIDATOR
                .withPulseCycles(32)
                .check(one(new TransmitSequence(WAVES.transmits(), 15.625e6, 5000, 1540), axis(3)), PROBE, PROBE)
                .problems();
        // 32 periods of 64 ns at 5 kHz: 1.024 %
        assertThat(found).singleElement().asString().startsWith("groups[0].duty: emits 1.024 %");
    }

    @Test
    void programOfSeveralMistakes_namesAll() {
        TransmitSequence bad = new TransmitSequence(
                List.of(new Transmit.SingleElement(500), new Transmit.PlaneWave(0)), 5e6, 40e3, 1540);
        assertThat(problems(one(bad, SampleAxis.common(200e6, -1e-6, 2, 8000))))
                .extracting(p -> p.substring(0, p.indexOf(':')))
                .contains(
                        "groups[0].centerFrequency",
                        "groups[0].events[0].transmit",
                        "groups[0].samples",
                        "groups[0].samplingFrequency",
                        "groups[0].pulseRepetitionFrequency",
                        "groups[0].events[0].startTime",
                        "groups[0].events[1].startTime",
                        "groups[0].events[0].period",
                        "groups[0].events[1].period");
    }

    @Test
    void superGroupWithinItself_isRefused() {
        SuperGroup outer = new SuperGroup("s", "a", Schedule.repeat(2, 0));
        FiringGroup back = new FiringGroup(
                "a",
                WAVES,
                axis(3),
                at("a", 1e-3, 0, 200e-6, 400e-6).events(),
                10,
                Schedule.repeat(1, 1e-3).then("s"));
        assertOnly(units("s", outer, back), "superGroups[0].first");
    }

    @Test
    void forecast_followsSuperGroupsAndLinks() {
        FiringGroup a = new FiringGroup(
                "a",
                WAVES,
                axis(3),
                at("a", 1e-3, 0, 200e-6, 400e-6).events(),
                10,
                Schedule.repeat(10, 1e-3).then("b"));
        FiringGroup b = at("b", 2e-3, 0, 200e-6, 400e-6);
        SuperGroup s = new SuperGroup("s", "a", Schedule.repeat(5, 50e-3));
        ProgramReport report = VALIDATOR.check(units("s", s, a, b), PROBE, PROBE);
        assertThat(report.problems()).isEmpty();
        assertThat(report.forecast().frames()).isEqualTo(5 * 20);
        // 10 + 20 ms of frames every 50 ms
        assertThat(report.forecast().recordingS()).isEqualTo(0.25);
        assertThat(report.forecast().endless()).isFalse();
        assertThat(report.forecast().diskBytes()).isEqualTo(100.0 * 3 * 128 * 640 * 2);
    }

    @Test
    void linkBackToTheStart_isEndlessAndNoProblem() {
        FiringGroup loop = new FiringGroup(
                "a",
                WAVES,
                axis(3),
                at("a", 1e-3, 0, 200e-6, 400e-6).events(),
                10,
                Schedule.repeat(10, 1e-3).then("a"));
        ProgramReport report = VALIDATOR.check(units("a", loop), PROBE, PROBE);
        assertThat(report.problems()).isEmpty();
        assertThat(report.forecast().endless()).isTrue();
        assertThat(report.page()).anyMatch(l -> l.contains("until it is stopped"));
    }

    @Test
    void unitNobodyLinksTo_isAWarning() {
        FiringGroup a = at("a", 1e-3, 0, 200e-6, 400e-6);
        FiringGroup lost = at("lost", 1e-3, 0, 200e-6, 400e-6);
        ProgramReport report = VALIDATOR.check(units("a", a, lost), PROBE, PROBE);
        assertThat(report.mayRun()).isTrue();
        assertThat(report.warnings()).singleElement().asString().startsWith("groups[1]: 'lost' is never played");
    }

    @Test
    void and_addsWhatIsNew() {
        ProgramReport report =
                VALIDATOR.check(one(WAVES, axis(3)), PROBE, PROBE).and(List.of("x", "x", "y"));
        assertThat(report.problems()).containsExactly("x", "y");
        assertThat(report.page().getFirst()).isEqualTo("2 problems");
        assertThat(Optional.of(report).filter(ProgramReport::mayRun)).isEmpty();
    }
}
