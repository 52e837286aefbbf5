package org.fus.core.clutter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.doppler.PowerDoppler;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;
import org.fus.core.testing.Ensembles;
import org.fus.core.testing.Golden;
import org.fus.core.testing.WallFilterInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemporalFiltersTest {
    private static final RunContext HERE = RunContext.inline();

    static List<ClutterFilter> filters() {
        return List.of(
                new ButterworthClutterFilter(40, 4),
                new FirClutterFilter(60, 11),
                new PolynomialClutterFilter(3),
                new DctClutterFilter(4),
                SvdClutterFilter.removing(5),
                ClutterFilter.none());
    }

    @Test
    void butterworth_golden_matches() {
        Golden g10 = Golden.set("signal/g10_power_doppler");
        IqEnsemble input = Ensembles.of(
                Ensembles.split(Golden.set("signal/g09_svd_clutter").floats("iq"), 80), 32, 40);
        IqEnsemble want = Ensembles.of(Ensembles.split(g10.floats("butter_filtered"), 80), 32, 40);

        ButterworthClutterFilter filter = new ButterworthClutterFilter(40, 4);
        IqEnsemble got = filter.apply(input, HERE);

        // double arithmetic, both results rounded to float32
        assertThat(Ensembles.relativeDifference(want, got)).isLessThan(3e-7);
        assertClose(filter.power(input, HERE).toArray(), g10.doubles("pd_butter"), 1e-6);
    }

    /** Least squares and cosines in double agree to 1e-10; the float32 kernels to 1e-6 of the input. */
    @ParameterizedTest
    @CsvSource({"0, wfilt_poly_0", "2, wfilt_poly_2", "4, wfilt_poly_4"})
    void polynomial_golden_matches(int degree, String key) {
        assertWallFilter(new PolynomialClutterFilter(degree).vectors(32), new PolynomialClutterFilter(degree), key);
    }

    @Test
    void dct_golden_matches() {
        assertWallFilter(new DctClutterFilter(3).vectors(32), new DctClutterFilter(3), "wfilt_dct_3");
    }

    @Test
    void svd_goldenWallFilter_matches() {
        double[] expected = Golden.set("signal/g14_wfilt").doubles("wfilt_svd_4");

        IqEnsemble got =
                SvdClutterFilter.removing(4).withPrecision(Precision.DOUBLE).apply(wallInput(), HERE);

        // the frames are float32: 6e-8 of the largest
        assertThat(relative(got, expected)).isLessThan(1.2e-7);
    }

    @Property(tries = 20)
    void polynomialAndDct_applyTwice_changeNothingMore(
            @ForAll @IntRange(min = 9, max = 70) int frames, @ForAll long seed) {
        IqEnsemble e = Ensembles.random(frames, 3, 11, seed);
        for (ClutterFilter f : List.of(new PolynomialClutterFilter(5), new DctClutterFilter(6))) {
            IqEnsemble once = f.apply(e, HERE);
            // float32 products over six components
            assertThat(Ensembles.relativeDifference(once, f.apply(once, HERE))).isLessThan(3e-6);
        }
    }

    @Property(tries = 20)
    void polynomial_removesPolynomialsOfItsDegree(@ForAll @IntRange(min = 12, max = 100) int frames) {
        float[][] data = new float[frames][2];
        for (int t = 0; t < frames; t++) {
            double u = (double) t / frames;
            data[t][0] = (float) (3 - 2 * u + u * u * u);
            data[t][1] = (float) (u - 4 * u * u);
        }

        float[] power = new PolynomialClutterFilter(3)
                .power(Ensembles.of(data, 1, 1), HERE)
                .toArray();

        // 1e-6 of an amplitude of about 5, squared
        assertThat(power[0]).isLessThan(1e-10f);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filters_areLinear(ClutterFilter filter) {
        if (filter instanceof SvdClutterFilter) {
            return; // its vectors depend on the data; the accuracy test shows that it is a projection
        }
        IqEnsemble a = Ensembles.random(48, 4, 9, 1);
        IqEnsemble b = Ensembles.random(48, 4, 9, 2);
        float[][] sum = new float[48][];
        for (int f = 0; f < 48; f++) {
            float[] x = a.copyFrame(f);
            float[] y = b.copyFrame(f);
            sum[f] = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                sum[f][i] = 2 * x[i] - 0.5f * y[i];
            }
        }

        IqEnsemble together = filter.apply(Ensembles.of(sum, 4, 9), HERE);
        IqEnsemble fa = filter.apply(a, HERE);
        IqEnsemble fb = filter.apply(b, HERE);
        for (int f = 0; f < together.frames(); f++) {
            float[] got = together.copyFrame(f);
            float[] x = fa.copyFrame(f);
            float[] y = fb.copyFrame(f);
            for (int i = 0; i < got.length; i++) {
                // float32 frames and products of size 2
                assertThat(got[i]).isCloseTo(2 * x[i] - 0.5f * y[i], within(5e-6f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void power_equalsThePowerOfTheFrames(ClutterFilter filter) {
        IqEnsemble e = Ensembles.random(70, 5, 23, 6);

        float[] straight = filter.power(e, HERE).toArray();

        float[] fromFrames = PowerDoppler.of(filter.apply(e, HERE), HERE).toArray();
        for (int p = 0; p < straight.length; p++) {
            // float32 sums over 70 frames of size 1
            assertThat(straight[p]).isCloseTo(fromFrames[p], within(2e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void apply_anyNumberOfThreads_givesIdenticalBits(ClutterFilter filter) {
        IqEnsemble e = Ensembles.random(40, 61, 37, 5);
        IqEnsemble one = filter.apply(e, HERE);
        float[] power = filter.power(e, HERE).toArray();
        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                RunContext many = RunContext.of(pool, threads);
                IqEnsemble got = filter.apply(e, many);
                for (int f = 0; f < one.frames(); f++) {
                    assertThat(got.copyFrame(f)).isEqualTo(one.copyFrame(f));
                }
                assertThat(filter.power(e, many).toArray()).isEqualTo(power);
            }
        }
    }

    @Property(tries = 10)
    void butterworthStream_splitAnyhow_equalsOnePass(
            @ForAll @IntRange(min = 1, max = 59) int cut, @ForAll @IntRange(min = 1, max = 5) int order) {
        IqEnsemble e = Ensembles.random(60, 4, 7, 3);
        ButterworthClutterFilter filter = new ButterworthClutterFilter(70, order);
        IqEnsemble whole = filter.stream().next(e, HERE);

        ClutterStream stream = filter.stream();
        IqEnsemble first = stream.next(e.slice(0, cut), HERE);
        IqEnsemble rest = stream.next(e.slice(cut, 60 - cut), HERE);

        assertSameFrames(IqEnsemble.concatenate(List.of(first, rest)), whole);
    }

    @Property(tries = 10)
    void firStream_splitAnyhow_equalsOnePass(@ForAll @IntRange(min = 9, max = 59) int cut) {
        IqEnsemble e = Ensembles.random(60, 4, 7, 3);
        FirClutterFilter filter = new FirClutterFilter(50, 9);

        ClutterStream stream = filter.stream();
        List<IqEnsemble> parts = new ArrayList<>();
        parts.add(stream.next(e.slice(0, cut), HERE));
        for (int f = cut; f < 60; f += 4) {
            parts.add(stream.next(e.slice(f, Math.min(4, 60 - f)), HERE));
        }

        assertSameFrames(IqEnsemble.concatenate(parts), filter.apply(e, HERE));
    }

    @Test
    void fir_constantTissueGoes_fastBloodStays() {
        float[][] data = new float[80][4];
        for (int t = 0; t < 80; t++) {
            data[t][0] = 1000;
            data[t][2] = (float) Math.cos(2 * Math.PI * 0.3 * t);
            data[t][3] = (float) Math.sin(2 * Math.PI * 0.3 * t);
        }

        float[] power = new FirClutterFilter(40, 31)
                .power(Ensembles.of(data, 1, 2), HERE)
                .toArray();

        assertThat(power[0]).isLessThan(1e-12f);
        // 150 Hz at 500 frames per second, far above the cutoff: a Hamming window ripples by 0.2 percent
        assertThat(power[1]).isCloseTo(1, within(0.01f));
    }

    @Test
    void filters_onEnsemblesTooShort_areRefusedBeforeWork() {
        IqEnsemble e = Ensembles.random(8, 2, 2, 1);
        assertRefused(new ButterworthClutterFilter(40, 4), e, "more than 15");
        assertRefused(new FirClutterFilter(40, 9), e, "9 taps");
        assertRefused(new PolynomialClutterFilter(7), e, "degree 7");
        assertRefused(new DctClutterFilter(8), e, "below the number of frames");
        assertRefused(SvdClutterFilter.removing(8), e, "below the number of frames");
        assertThatThrownBy(
                        () -> new ButterworthClutterFilter(250, 2).stream().next(Ensembles.random(30, 2, 2, 1), HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("less than 250.0 Hz");
        assertThatThrownBy(() -> new FirClutterFilter(300, 3).apply(e, HERE)).hasMessageContaining("250.0 Hz");
        assertThatThrownBy(() -> new FirClutterFilter(40, 8)).hasMessageContaining("odd");
        assertThatThrownBy(() -> new ButterworthClutterFilter(-1, 8)).hasMessageContaining("positive");
        assertThatThrownBy(() -> new PolynomialClutterFilter(-1)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new DctClutterFilter(0)).hasMessageContaining("at least 1");
    }

    @Test
    void filtersAlongTime_framesNotFinite_areRefusedByName() {
        FramePanels panels = FramePanels.allocate(40, 6);
        panels.set(13, 2, 0, Float.NaN);
        IqEnsemble clean = Ensembles.random(40, 2, 3, 1);
        IqEnsemble e = IqEnsemble.ofPanels(clean.grid(), clean.timing(), panels, Provenance.none());
        for (ClutterFilter f : filters().subList(0, 4)) {
            assertThatThrownBy(() -> f.apply(e, HERE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("frame 13 (1 in all)");
        }
    }

    @Test
    void stream_blockOfAnotherGrid_isRefused() {
        ClutterStream stream = new ButterworthClutterFilter(40, 2).stream();
        stream.next(Ensembles.random(10, 2, 3, 1), HERE);

        assertThatThrownBy(() -> stream.next(Ensembles.random(10, 3, 2, 1), HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin a new stream");
    }

    private static void assertRefused(ClutterFilter filter, IqEnsemble e, String why) {
        assertThatThrownBy(() -> filter.apply(e, HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> filter.requireFrames(e.frames())).hasMessageContaining(why);
    }

    private static void assertSameFrames(IqEnsemble got, IqEnsemble want) {
        assertThat(got.frames()).isEqualTo(want.frames());
        for (int f = 0; f < want.frames(); f++) {
            assertThat(got.copyFrame(f)).isEqualTo(want.copyFrame(f));
        }
    }

    private static void assertClose(float[] got, double[] expected, double tolerance) {
        double max = java.util.Arrays.stream(expected).max().orElseThrow();
        for (int p = 0; p < expected.length; p++) {
            assertThat((double) got[p]).isCloseTo(expected[p], within(tolerance * max));
        }
    }

    private static IqEnsemble wallInput() {
        return WallFilterInput.ensemble(Golden.set("signal/g14_wfilt").floats("iq"));
    }

    private static void assertWallFilter(double[][] vectors, ClutterFilter filter, String key) {
        Golden g14 = Golden.set("signal/g14_wfilt");
        float[] iq = g14.floats("iq");
        double[] expected = g14.doubles(key);
        double max = 0;
        double difference = 0;
        double[] re = new double[32];
        double[] im = new double[32];
        for (int p = 0; p < 24 * 20; p++) {
            for (int t = 0; t < 32; t++) {
                re[t] = iq[2 * (32 * p + t)];
                im[t] = iq[2 * (32 * p + t) + 1];
            }
            DoubleProjection.remainder(vectors, new double[vectors.length][32], re, im);
            for (int t = 0; t < 32; t++) {
                double wantRe = expected[2 * (32 * p + t)];
                double wantIm = expected[2 * (32 * p + t) + 1];
                max = Math.max(max, Math.hypot(wantRe, wantIm));
                difference = Math.max(difference, Math.hypot(re[t] - wantRe, im[t] - wantIm));
            }
        }
        assertThat(difference / max).isLessThan(1e-10);
        assertThat(relative(filter.apply(wallInput(), HERE), expected)).isLessThan(1e-5);
    }

    /** Largest difference of frames from {@code [pixel][frame]} values, over the largest. */
    private static double relative(IqEnsemble got, double[] expected) {
        double max = 0;
        double difference = 0;
        for (int t = 0; t < 32; t++) {
            float[] frame = got.copyFrame(t);
            for (int p = 0; p < 24 * 20; p++) {
                double re = expected[2 * (32 * p + t)];
                double im = expected[2 * (32 * p + t) + 1];
                max = Math.max(max, Math.hypot(re, im));
                difference = Math.max(difference, Math.hypot(frame[2 * p] - re, frame[2 * p + 1] - im));
            }
        }
        return difference / max;
    }
}
