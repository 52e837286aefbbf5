package org.fus.hardware.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ClockFitTest {
    /** Device runs slow or fast by drift; the host stamps with Gaussian jitter. */
    private static List<ClockFit.Sample> samples(
            int n, double spacingS, long offsetNs, double driftPpm, double jitterS, Random random) {
        List<ClockFit.Sample> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            long device = 5_000_000_000L + Math.round(i * spacingS * 1e9);
            long host =
                    device + offsetNs + Math.round(driftPpm * 1e-6 * device + random.nextGaussian() * jitterS * 1e9);
            all.add(new ClockFit.Sample(device, host, jitterS));
        }
        return all;
    }

    @Property(tries = 200)
    void of_jitteredClock_findsOffsetAndDriftWithinItsOwnError(
            @ForAll @LongRange(min = -1_000_000_000_000_000L, max = 1_000_000_000_000_000L) long offsetNs,
            @ForAll @DoubleRange(min = -200, max = 200) double driftPpm,
            @ForAll long seed) {
        ClockFit fit = ClockFit.of(samples(300, 1, offsetNs, driftPpm, 1e-3, new Random(seed)));
        // six standard errors: one failure in 500 million
        assertThat(fit.driftPpm()).isCloseTo(driftPpm, within(6 * fit.driftErrorPpm()));
        long device = 150_000_000_000L;
        long truth = device + offsetNs + Math.round(driftPpm * 1e-6 * device);
        assertThat((fit.hostTimeNs(device) - truth) * 1e-9).isCloseTo(0, within(6 * fit.errorS(device)));
        // theory: sigma sqrt(12 / n) / span = 1e-3 * 0.2 / 299 = 0.67 ppm
        assertThat(fit.driftErrorPpm()).isBetween(0.5, 0.85);
        assertThat(fit.residualRmsS()).isBetween(0.8e-3, 1.2e-3);
    }

    @Property(tries = 100)
    void convert_thereAndBack_isTheSame(
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long device, @ForAll long seed) {
        ClockFit fit = ClockFit.of(samples(20, 1, 123_456_789_012L, 80, 1e-4, new Random(seed)));
        // two roundings to the nanosecond
        assertThat(fit.deviceTimeNs(fit.hostTimeNs(device))).isBetween(device - 1, device + 1);
    }

    @Test
    void of_exactClock_isExact() {
        ClockFit fit = ClockFit.of(samples(50, 0.5, 42, 100, 1e-12, new Random(1)));
        assertThat(fit.driftPpm()).isCloseTo(100, within(1e-4)); // host times are whole nanoseconds over 25 s
        assertThat(fit.rejected()).isZero();
    }

    @Test
    void of_outliers_leavesThemOut() {
        Random random = new Random(3);
        List<ClockFit.Sample> all = samples(200, 1, 1_000_000, 50, 1e-3, random);
        for (int i = 0; i < 200; i += 7) { // a busy host stamps 0.1 to 1 s late
            ClockFit.Sample s = all.get(i);
            all.set(
                    i,
                    new ClockFit.Sample(
                            s.deviceTimeNs(), s.hostTimeNs() + 100_000_000 + random.nextInt(900_000_000), 1e-3));
        }
        ClockFit fit = ClockFit.of(all);
        assertThat(fit.rejected()).isBetween(29, 35);
        assertThat(fit.driftPpm()).isCloseTo(50, within(6 * fit.driftErrorPpm()));
    }

    @Test
    void of_uncertainSamples_weighLess() {
        List<ClockFit.Sample> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean good = i % 2 == 0;
            all.add(new ClockFit.Sample(
                    i * 1_000_000_000L, i * 1_000_000_000L + (good ? 0 : 1000), good ? 1e-6 : 1e-3));
        }
        ClockFit fit = ClockFit.of(all);
        // weights differ by a million
        assertThat((double) fit.hostTimeNs(20_000_000_000L)).isCloseTo(20_000_000_000.0, within(2.0));
    }

    @Test
    void of_tooLittle_isRefused() {
        assertThatThrownBy(() -> ClockFit.of(List.of(new ClockFit.Sample(0, 0, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3");
        ClockFit.Sample s = new ClockFit.Sample(5, 5, 1);
        assertThatThrownBy(() -> ClockFit.of(List.of(s, s, s)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one device time");
    }
}
