package org.fus.hardware.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.FiringGroup;
import org.fus.hardware.ClockGrid;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.Test;

class ClockGridTest {
    /** Rounding of the arithmetic beside half a step. */
    private static final double SLACK = 1e-6;

    @Property
    void frequencies_areTheClockOverAWholeNumber_withinHalfOfTheDivisor(
            @ForAll @Scale(9) @DoubleRange(min = 50e6, max = 500e6) double clock,
            @ForAll @Scale(9) @DoubleRange(min = 0.5e6, max = 50e6) double hz) {
        ClockGrid grid = new ClockGrid(clock, clock, 64);
        for (double actual : new double[] {grid.frequencyHz(hz), grid.samplingHz(hz)}) {
            double divisor = clock / actual;
            assertThat(divisor).isCloseTo(Math.rint(divisor), within(SLACK));
            assertThat(Math.abs(divisor - clock / hz)).isLessThanOrEqualTo(0.5 + SLACK);
        }
    }

    @Property
    void times_areWholeTicks_withinHalfATick(
            @ForAll @Scale(9) @DoubleRange(min = 10e6, max = 500e6) double clock,
            @ForAll @Scale(9) @DoubleRange(min = 0, max = 1e-3) double seconds) {
        double actual = new ClockGrid(clock, clock, 64).timeS(seconds);
        assertThat(actual * clock).isCloseTo(Math.rint(actual * clock), within(SLACK));
        assertThat(Math.abs(actual - seconds) * clock).isLessThanOrEqualTo(0.5 + SLACK);
    }

    @Property
    void samples_areRoundedUpByLessThanAStep(
            @ForAll @IntRange(min = 1, max = 100_000) int samples, @ForAll @IntRange(min = 1, max = 256) int step) {
        int actual = new ClockGrid(0, 0, step).samples(samples);
        assertThat(actual % step).isZero();
        assertThat(actual - samples).isBetween(0, step - 1);
    }

    @Property
    void group_onTheGrid_staysOnTheGrid(
            @ForAll @Scale(9) @DoubleRange(min = 50e6, max = 500e6) double clock,
            @ForAll @IntRange(min = 1, max = 128) int step) {
        ClockGrid grid = new ClockGrid(clock, clock, step);
        FiringGroup once = grid.actual(plan());
        FiringGroup twice = grid.actual(once);
        assertThat(twice.receive().samples()).isEqualTo(once.receive().samples());
        assertThat(twice.sequence().centerFrequencyHz() / once.sequence().centerFrequencyHz())
                .isCloseTo(1, within(1e-12)); // two divisions
        assertThat(twice.sequence().pulseRepetitionFrequencyHz()
                        / once.sequence().pulseRepetitionFrequencyHz())
                .isCloseTo(1, within(1e-12));
        assertThat(once.isPlain()).isTrue();
        assertThat(once.schedule().repetitions()).isEqualTo(plan().schedule().repetitions());
    }

    private static FiringGroup plan() {
        return AcquisitionPlans.fus2d(ProbeCatalogue.ICO_PRIME)
                .program()
                .groups()
                .getFirst();
    }

    @Test
    void report_showsWhatTheClockMakesOfIt() {
        ProgramReport report = ProgramValidator.of(SimulatedScanner.LIMITS.withClocks(new ClockGrid(250e6, 65e6, 128)))
                .check(AcquisitionPlans.fus2d(ProbeCatalogue.ICO_PRIME), ProbeCatalogue.ICO_PRIME, MotorModel.DEFAULT);
        // 250 / 16 is 15.625 MHz; 65 / 62.5 rounds to 1; 896 is 7 * 128
        assertThat(actual(report, "groups[0].centerFrequency").differs()).isFalse();
        assertThat(actual(report, "groups[0].samplingFrequency").actual()).isEqualTo(65e6);
        assertThat(actual(report, "groups[0].samples").actual()).isEqualTo(896);
        List<ProgramReport.Actual> delays = report.actual().stream()
                .filter(a -> a.path().contains(".delays["))
                .toList();
        assertThat(delays).hasSize(1);
        assertThat(Math.abs(delays.getFirst().actual() - delays.getFirst().requested()))
                .isBetween(1e-9, 2e-9 + 1e-15); // the worst of 1408 delays lies near half of 4 ns
        assertThat(report.page()).anyMatch(l -> l.contains("65000000 Hz (asked for 62500000 Hz)"));
    }

    private static ProgramReport.Actual actual(ProgramReport report, String path) {
        return report.actual().stream()
                .filter(a -> a.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void impossibleClocks_areRefused() {
        assertThatThrownBy(() -> new ClockGrid(-1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClockGrid(0, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClockGrid(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
