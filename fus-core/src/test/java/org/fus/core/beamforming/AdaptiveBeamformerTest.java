package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.run.CancelToken;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdaptiveBeamformerTest {
    private static final double FREQUENCY_HZ = 15e6;

    static Stream<PixelMethod> methods() {
        return Stream.of(
                new PlainSum(),
                new CoherenceFactor(),
                GeneralizedCoherenceFactor.DEFAULT,
                PhaseCoherenceFactor.DEFAULT,
                ShortLagSpatialCoherence.DEFAULT,
                new DelayMultiplyAndSum(false),
                new DelayMultiplyAndSum(true),
                Capon.DEFAULT);
    }

    static Stream<PixelMethod> coherenceMethods() {
        return methods().filter(m -> !(m instanceof Capon));
    }

    /** g17: the factor of wave 2, from a float64 reference; here on float32 samples. */
    @Test
    void coherenceFactor_oneWave_matchesGolden() {
        Golden golden = Golden.set("signal/g17_das_analytic");
        double[] factor = golden.doubles("cf_wave2_box");
        float[] waves = golden.floats("bf_wave_box");
        double[] x = golden.doubles("x");
        double[] z = golden.doubles("z");
        double tilt = Golden.set("signal/g03_rf_plane5").doubles("tilt")[2];
        ChannelFormat format = new ChannelFormat(
                Probe.linear("L11-5v (64)", 64, 0.3e-3, 7.6e6).build(),
                TransmitSequence.planeWaves(tilt, tilt, 1, 7.6e6, 5000),
                SampleAxis.common(30.4e6, 0, 1, 1024));
        float[] iq = Golden.set("signal/g04_rf2iq").floats("iq");
        int trace = 2 * 64 * 1024;
        IqData data =
                IqData.copyOf(format, 7.6e6, new float[][] {java.util.Arrays.copyOfRange(iq, 2 * trace, 3 * trace)});
        PixelGrid grid = PixelGrid.xz(x[0], x[x.length - 1], x.length, z[0], z[z.length - 1], z.length);

        float[] image = AdaptiveBeamformer.plan(
                        format,
                        grid,
                        new DasOptions(1.5, ReceiveWindow.BOXCAR),
                        new CoherenceFactor(),
                        Compounding.COHERENT)
                .apply(data, RunContext.inline())
                .copyFrame(0);

        double max = 0;
        double error = 0;
        int wave = 2 * 2 * factor.length;
        for (int i = 0; i < 2 * factor.length; i++) {
            double expected = factor[i / 2] * waves[wave + i];
            max = Math.max(max, Math.abs(expected));
            error = Math.max(error, Math.abs(image[i] - expected));
        }
        assertThat(error / max).isLessThan(1e-4); // the tolerance of the vectors for float32
    }

    @Test
    void plainSum_isDelayAndSum() {
        ChannelFormat format = format(48, 3, 160);
        IqData data = random(format, 3);
        PixelGrid grid = grid(13, 17);
        for (ReceiveWindow window : List.of(ReceiveWindow.BOXCAR, ReceiveWindow.HANN)) {
            DasOptions options = new DasOptions(1.2, window);
            IqEnsemble das = DelayAndSum.plan(format, grid, options).apply(data, RunContext.inline());
            for (Compounding compounding : List.of(Compounding.COHERENT, Compounding.COHERENT_IMAGES)) {
                IqEnsemble sum = AdaptiveBeamformer.plan(format, grid, options, new PlainSum(), compounding)
                        .apply(data, RunContext.inline());
                // delays of the tables are in float32, here in double
                assertThat(difference(das.copyFrame(2), sum.copyFrame(2))).isLessThan(1e-4);
            }
        }
    }

    @Test
    void incoherentCompounding_isTheSumOfMagnitudes() {
        ChannelFormat format = format(32, 3, 160);
        IqData data = random(format, 1);
        PixelGrid grid = grid(7, 9);
        float[] all = run(format, grid, new CoherenceFactor(), Compounding.INCOHERENT, data, RunContext.inline())
                .copyFrame(0);

        float[] sum = new float[all.length];
        float[] samples = data.copyFrame(0);
        for (int t = 0; t < 3; t++) {
            ChannelFormat only = format.only(t);
            float[] wave = java.util.Arrays.copyOfRange(samples, t * samples.length / 3, (t + 1) * samples.length / 3);
            float[] image = run(
                            only,
                            grid,
                            new CoherenceFactor(),
                            Compounding.COHERENT,
                            IqData.copyOf(only, FREQUENCY_HZ, new float[][] {wave}),
                            RunContext.inline())
                    .copyFrame(0);
            for (int p = 0; p < grid.size(); p++) {
                sum[2 * p] += (float) Math.hypot(image[2 * p], image[2 * p + 1]);
            }
        }
        assertThat(difference(all, sum)).isLessThan(1e-6);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void apply_anyNumberOfThreads_givesIdenticalBits(PixelMethod method) {
        ChannelFormat format = format(24, 2, 160);
        IqData data = random(format, 35);
        PixelGrid grid = grid(5, 11);
        IqEnsemble one = run(format, grid, method, Compounding.COHERENT, data, RunContext.inline());

        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                IqEnsemble many = run(format, grid, method, Compounding.COHERENT, data, RunContext.of(pool, threads));
                for (int f = 0; f < 35; f++) {
                    assertThat(many.copyFrame(f)).isEqualTo(one.copyFrame(f));
                }
            }
        }
    }

    /**
     * Two points 140 um apart at 9.5 mm under an aperture of 6.3 mm: 0.9 of wavelength times F-number, where a plain sum of
     * in-phase echoes has one peak between them. With noise 60 dB below an echo.
     */
    @Test
    void capon_twoPointsThatDelayAndSumMerges_areApart() {
        ChannelFormat format = new ChannelFormat(
                Probe.linear("test", 64, 0.1e-3, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(0, 0, 1, FREQUENCY_HZ, 5000),
                SampleAxis.common(2 * FREQUENCY_HZ, 11.5e-6, 1, 120));
        float[] echoes = PlaneWaveEchoes.of(format, new double[] {-70e-6, 9.5e-3}, new double[] {70e-6, 9.5e-3});
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < echoes.length; i++) {
            echoes[i] += (float) (0.7e-3 * random.nextGaussian());
        }
        IqData data = IqData.copyOf(format, FREQUENCY_HZ, new float[][] {echoes});
        PixelGrid grid = new PixelGrid(-0.3e-3, 0, 9.5e-3, 1e-5, PixelGrid.DEFAULT_SLICE_M, 1e-5, 61, 1, 1);
        DasOptions options = new DasOptions(1.5, ReceiveWindow.BOXCAR);

        double[] das = profile(DelayAndSum.plan(format, grid, options).apply(data, RunContext.inline()));
        double[] capon = profile(AdaptiveBeamformer.plan(format, grid, options, Capon.DEFAULT, Compounding.COHERENT)
                .apply(data, RunContext.inline()));

        assertThat(peak(das)).isEqualTo(30); // one peak, in the middle
        assertThat(dipDb(capon)).isLessThan(-10); // -15 dB in a float64 model of the same scene
        assertThat(Math.abs(peak(capon) - 30)).isBetween(5, 8); // 70 um from the middle, 10 um a step
    }

    /**
     * Echoes of a point 3 dB above the noise of a channel. Not Capon: nothing has more gain against white noise than the
     * plain sum, and weights found from one snapshot have 3 dB less.
     */
    @ParameterizedTest
    @MethodSource("coherenceMethods")
    void apply_pointInNoise_isNoWeakerThanInDelayAndSum(PixelMethod method) {

        ChannelFormat format = format(64, 1, 160);
        float[] echoes = PlaneWaveEchoes.of(format, new double[] {0, 4e-3});
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < echoes.length; i++) {
            echoes[i] += (float) (0.5 * random.nextGaussian());
        }
        IqData data = IqData.copyOf(format, FREQUENCY_HZ, new float[][] {echoes});
        PixelGrid grid = new PixelGrid(-0.8e-3, 0, 3.6e-3, 0.1e-3, PixelGrid.DEFAULT_SLICE_M, 0.1e-3, 17, 1, 9);

        double plain = contrastDb(run(format, grid, new PlainSum(), Compounding.COHERENT, data, RunContext.inline()));
        double other = contrastDb(run(format, grid, method, Compounding.COHERENT, data, RunContext.inline()));

        if (method instanceof CoherenceFactor || method instanceof GeneralizedCoherenceFactor) {
            assertThat(other).isGreaterThan(plain + 6);
        } else {
            assertThat(other).isGreaterThan(plain - 1);
        }
    }

    @Test
    void fDmas_sayThatTheirPhaseIsOfTwiceTheFrequency() {
        ChannelFormat format = format(24, 1, 160);
        IqEnsemble images = run(
                format,
                grid(3, 3),
                new DelayMultiplyAndSum(true),
                Compounding.COHERENT,
                random(format, 1),
                RunContext.inline());

        assertThat(images.timing().centerFrequencyHz()).isEqualTo(2 * FREQUENCY_HZ);
    }

    @Test
    void apply_cancelled_stops() {
        ChannelFormat format = format(24, 1, 160);
        CancelToken token = new CancelToken();
        token.cancel();

        assertThatThrownBy(() -> run(
                        format,
                        grid(5, 5),
                        Capon.DEFAULT,
                        Compounding.COHERENT,
                        random(format, 1),
                        RunContext.inline().withCancel(token)))
                .isInstanceOf(FusCancelledException.class);
    }

    @Test
    void apply_rf_isRefused() {
        ChannelFormat format = format(4, 1, 20);
        AdaptiveBeamformer plan = AdaptiveBeamformer.plan(
                format, grid(3, 3), DasOptions.DEFAULTS, new CoherenceFactor(), Compounding.COHERENT);

        assertThatThrownBy(() -> plan.apply(RfArray.wrap(format, new float[1][80]), RunContext.inline()))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("demodulate");
    }

    @Test
    void memory_doesNotGrowWithTheGrid() {
        ChannelFormat format = format(24, 1, 20);
        MemoryEstimate small = AdaptiveBeamformer.plan(
                        format, grid(3, 3), DasOptions.DEFAULTS, Capon.DEFAULT, Compounding.COHERENT)
                .memory();
        MemoryEstimate large = AdaptiveBeamformer.plan(
                        format, grid(300, 300), DasOptions.DEFAULTS, Capon.DEFAULT, Compounding.COHERENT)
                .memory();

        assertThat(large.planBytes() + large.bytesPerThread()).isEqualTo(small.planBytes() + small.bytesPerThread());
        assertThat(large.bytesPerFrame()).isEqualTo(8L * 300 * 300);
    }

    private static IqEnsemble run(
            ChannelFormat format,
            PixelGrid grid,
            PixelMethod method,
            Compounding compounding,
            IqData data,
            RunContext context) {
        return AdaptiveBeamformer.plan(format, grid, DasOptions.DEFAULTS, method, compounding)
                .apply(data, context);
    }

    private static double[] profile(IqEnsemble images) {
        float[] image = images.copyFrame(0);
        double[] profile = new double[image.length / 2];
        for (int p = 0; p < profile.length; p++) {
            profile[p] = Math.hypot(image[2 * p], image[2 * p + 1]);
        }
        return profile;
    }

    private static int peak(double[] profile) {
        int best = 0;
        for (int p = 0; p < profile.length; p++) {
            if (profile[p] > profile[best]) {
                best = p;
            }
        }
        return best;
    }

    private static double dipDb(double[] profile) {
        return 20 * Math.log10(profile[profile.length / 2] / profile[peak(profile)]);
    }

    /** The middle pixel over the mean magnitude of the rest. */
    private static double contrastDb(IqEnsemble images) {
        float[] image = images.copyFrame(0);
        int middle = image.length / 4;
        double rest = 0;
        for (int p = 0; p < image.length / 2; p++) {
            if (Math.abs(p - middle) > 2) {
                rest += Math.hypot(image[2 * p], image[2 * p + 1]) / (image.length / 2.0 - 5);
            }
        }
        return 20 * Math.log10(Math.hypot(image[2 * middle], image[2 * middle + 1]) / rest);
    }

    private static double difference(float[] a, float[] b) {
        double max = 0;
        double error = 0;
        for (int i = 0; i < a.length; i++) {
            max = Math.max(max, Math.abs(a[i]));
            error = Math.max(error, Math.abs(a[i] - b[i]));
        }
        return error / max;
    }

    private static PixelGrid grid(int nx, int nz) {
        return PixelGrid.xz(-1e-3, 1e-3, nx, 2.5003e-3, 5e-3, nz);
    }

    private static ChannelFormat format(int elements, int waves, int samples) {
        return new ChannelFormat(
                Probe.linear("test", elements, 0.1e-3, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(-0.1, 0.1, waves, FREQUENCY_HZ, 5000),
                SampleAxis.common(1.5 * FREQUENCY_HZ, 2e-6, waves, samples));
    }

    private static IqData random(ChannelFormat format, int frames) {
        SplittableRandom random = new SplittableRandom(frames);
        float[][] samples = new float[frames][2 * format.transmits() * format.channels() * format.sampleCount()];
        for (float[] frame : samples) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextDouble(-100, 100);
            }
        }
        return IqData.copyOf(format, FREQUENCY_HZ, samples);
    }
}
