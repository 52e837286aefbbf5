package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Each method on the samples of one pixel: against its plain definition, and what theory says of it. */
class PixelMethodTest {
    /** Both sides are in double and add at most some hundred terms. */
    private static final double ROUNDING = 1e-10;

    @Property(tries = 200)
    void factors_anySamples_areThoseOfTheDefinition(@ForAll long seed, @ForAll @IntRange(min = 2, max = 70) int n) {
        double[][] s = noise(n, seed);

        assertThat(CoherenceFactor.factor(samples(s))).isCloseTo(PlainMethods.coherenceFactor(s), within(ROUNDING));
        for (int cutoff = 0; cutoff < 4; cutoff++) {
            assertThat(new GeneralizedCoherenceFactor(cutoff).factor(samples(s)))
                    .isCloseTo(PlainMethods.generalizedCoherenceFactor(s, cutoff), within(ROUNDING));
        }
        assertThat(new PhaseCoherenceFactor(0.8).factor(samples(s)))
                .isCloseTo(PlainMethods.phaseCoherenceFactor(s, 0.8), within(1e-7)); // root of a small difference
        ShortLagSpatialCoherence slsc = ShortLagSpatialCoherence.DEFAULT;
        assertThat(slsc.coherence(samples(s)))
                .isCloseTo(PlainMethods.shortLagSpatialCoherence(s, slsc.lags(n)), within(ROUNDING * n));
    }

    @Property(tries = 200)
    void delayMultiplyAndSum_anySamples_isTheSumOfPairs(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll boolean filtered) {
        double[][] s = noise(n, seed);
        double[] value = new double[2];

        new DelayMultiplyAndSum(filtered).combine(samples(s), value);

        double[] expected = PlainMethods.delayMultiplyAndSum(s, filtered);
        assertThat(value[0]).isCloseTo(expected[0], within(ROUNDING * n * n));
        assertThat(value[1]).isCloseTo(expected[1], within(ROUNDING * n * n));
    }

    @Property(tries = 150)
    void capon_anySamples_isTheDefinition(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll boolean both) {
        double[][] s = noise(n, seed);
        Capon capon = new Capon(0.4, 0.02, both);
        double[] value = new double[2];

        capon.combine(samples(s), new Capon.Work(n), value);

        double[] expected = PlainMethods.capon(s, capon.subArrayLength(n), 0.02, both);
        double scale = 1 + Math.hypot(expected[0], expected[1]);
        assertThat(value[0]).isCloseTo(expected[0], within(1e-9 * scale)); // condition number about 1e3
        assertThat(value[1]).isCloseTo(expected[1], within(1e-9 * scale));
    }

    @Property(tries = 100)
    void everyMethod_onACoherentWavefront_givesItsLargestValue(
            @ForAll @IntRange(min = 4, max = 64) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double phase = random.nextDouble() * 6;
        double amplitude = 0.1 + random.nextDouble();
        double[][] s = new double[n][];
        for (int e = 0; e < n; e++) {
            s[e] = new double[] {amplitude * Math.cos(phase), amplitude * Math.sin(phase)};
        }

        assertThat(CoherenceFactor.factor(samples(s))).isCloseTo(1, within(ROUNDING));
        assertThat(GeneralizedCoherenceFactor.DEFAULT.factor(samples(s))).isCloseTo(1, within(ROUNDING));
        assertThat(PhaseCoherenceFactor.DEFAULT.factor(samples(s))).isCloseTo(1, within(1e-6));
        ShortLagSpatialCoherence slsc = ShortLagSpatialCoherence.DEFAULT;
        assertThat(slsc.coherence(samples(s))).isCloseTo(slsc.lags(n), within(ROUNDING * n));
        double[] value = new double[2];
        new DelayMultiplyAndSum(true).combine(samples(s), value);
        double pairs = 0.5 * n * (n - 1);
        assertThat(Math.hypot(value[0], value[1])).isCloseTo(pairs * amplitude, within(ROUNDING * n * n));
        assertThat(Math.cos(Math.atan2(value[1], value[0]) - 2 * phase)).isCloseTo(1, within(ROUNDING));
        Capon.DEFAULT.combine(samples(s), new Capon.Work(n), value);
        assertThat(value[0]).isCloseTo(n * amplitude * Math.cos(phase), within(1e-8 * n));
        assertThat(value[1]).isCloseTo(n * amplitude * Math.sin(phase), within(1e-8 * n));
    }

    /** Independent noise: CF has mean 1/N (Mallart and Fink), GCF (2 c + 1)/N, SLSC 0; PCF is far from 1. */
    @Test
    void factors_onIndependentNoise_dropAsTheorySays() {
        int n = 64;
        int trials = 4000;
        double cf = 0;
        double gcf = 0;
        double pcf = 0;
        double slsc = 0;
        for (int i = 0; i < trials; i++) {
            double[][] s = noise(n, i);
            cf += CoherenceFactor.factor(samples(s)) / trials;
            gcf += new GeneralizedCoherenceFactor(2).factor(samples(s)) / trials;
            pcf += PhaseCoherenceFactor.DEFAULT.factor(samples(s)) / trials;
            slsc += ShortLagSpatialCoherence.DEFAULT.coherence(samples(s)) / trials;
        }
        // The factors scatter by about their mean, so their means by 1/64 of it: five of those.
        assertThat(cf).isCloseTo(1.0 / n, within(0.08 / n));
        assertThat(gcf).isCloseTo(5.0 / n, within(0.4 / n));
        // sigma of N phases without order is within a tenth of sigma0
        assertThat(pcf).isLessThan(0.1);
        // 13 lags, each with a standard deviation of 1/sqrt(2 (N - m)) per trial
        assertThat(slsc).isCloseTo(0, within(5 * Math.sqrt(13.0 / (2 * 50) / trials)));
    }

    @Property(tries = 100)
    void factors_areUntouchedByScaleAndPhase(@ForAll long seed, @ForAll @IntRange(min = 3, max = 40) int n) {
        double[][] s = noise(n, seed);
        double[][] t = turned(s, 37.5, 1.234);

        assertThat(CoherenceFactor.factor(samples(t))).isCloseTo(CoherenceFactor.factor(samples(s)), within(ROUNDING));
        assertThat(GeneralizedCoherenceFactor.DEFAULT.factor(samples(t)))
                .isCloseTo(GeneralizedCoherenceFactor.DEFAULT.factor(samples(s)), within(ROUNDING));
        assertThat(ShortLagSpatialCoherence.DEFAULT.coherence(samples(t)))
                .isCloseTo(ShortLagSpatialCoherence.DEFAULT.coherence(samples(s)), within(ROUNDING * n));
        // PCF sees phases modulo half a turn, by its definition; a change of scale or sign leaves it as it is.
        assertThat(PhaseCoherenceFactor.DEFAULT.factor(samples(turned(s, -3, 0))))
                .isCloseTo(PhaseCoherenceFactor.DEFAULT.factor(samples(s)), within(1e-6));
    }

    /** A signal in, a signal out: twice the echo gives twice the value; F-DMAS doubles a turn, Capon keeps it. */
    @Property(tries = 100)
    void values_haveTheDimensionOfTheSignal(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n) {
        double[][] s = noise(n, seed);
        double[] a = new double[2];
        double[] b = new double[2];

        new DelayMultiplyAndSum(true).combine(samples(s), a);
        new DelayMultiplyAndSum(true).combine(samples(turned(s, 2, 0.4)), b);
        assertThat(b[0]).isCloseTo(2 * (a[0] * Math.cos(0.8) - a[1] * Math.sin(0.8)), within(1e-9 * n * n));

        Capon.DEFAULT.combine(samples(s), new Capon.Work(n), a);
        Capon.DEFAULT.combine(samples(turned(s, 2, 0.4)), new Capon.Work(n), b);
        assertThat(b[0]).isCloseTo(2 * (a[0] * Math.cos(0.4) - a[1] * Math.sin(0.4)), within(1e-8 * n));
    }

    @Test
    void everyMethod_withoutSignal_isZero() {
        double[][] silence = new double[9][2];
        double[] value = {1, 1};

        assertThat(CoherenceFactor.factor(samples(silence))).isZero();
        assertThat(GeneralizedCoherenceFactor.DEFAULT.factor(samples(silence))).isZero();
        assertThat(PhaseCoherenceFactor.DEFAULT.factor(samples(silence))).isZero();
        assertThat(ShortLagSpatialCoherence.DEFAULT.coherence(samples(silence))).isZero();
        new DelayMultiplyAndSum(false).combine(samples(silence), value);
        assertThat(value).containsOnly(0);
        Capon.DEFAULT.combine(samples(silence), new Capon.Work(9), value);
        assertThat(value).containsOnly(0);
        Capon.DEFAULT.combine(samples(new double[0][2]), new Capon.Work(9), value);
        assertThat(value).containsOnly(0);
    }

    @Test
    void impossibleParameters_areRefused() {
        assertThatThrownBy(() -> new GeneralizedCoherenceFactor(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PhaseCoherenceFactor(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShortLagSpatialCoherence(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Capon(0.6, 0.01, true)).hasMessageContaining("singular");
        assertThatThrownBy(() -> new Capon(0.5, 0, true)).hasMessageContaining("loading");
    }

    private static PixelSamples samples(double[][] s) {
        PixelSamples samples = new PixelSamples(s.length);
        samples.count = s.length;
        for (int e = 0; e < s.length; e++) {
            samples.re[e] = s[e][0];
            samples.im[e] = s[e][1];
            samples.weight[e] = 1;
        }
        return samples;
    }

    private static double[][] noise(int n, long seed) {
        Random random = new Random(seed);
        double[][] s = new double[n][2];
        for (double[] v : s) {
            v[0] = random.nextGaussian();
            v[1] = random.nextGaussian();
        }
        return s;
    }

    private static double[][] turned(double[][] s, double scale, double rad) {
        double c = scale * Math.cos(rad);
        double d = scale * Math.sin(rad);
        double[][] t = new double[s.length][];
        for (int e = 0; e < s.length; e++) {
            t[e] = new double[] {s[e][0] * c - s[e][1] * d, s[e][0] * d + s[e][1] * c};
        }
        return t;
    }
}
