package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfArray;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitModel;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden vectors g05 to g08: PyMUST in float64, with its first-arrival transmit model. */
class MustParityTest {
    /** Both sides compute in float64 on the same samples. */
    private static final double EXACT = 1e-9;

    /** What the vectors name for float32 ports. */
    private static final double SINGLE = 1e-4;

    /** Waves that PyMUST stored as complex64. */
    private static final double STORED_SINGLE = 1e-6;

    private static final DasOptions OPTIONS =
            new DasOptions(1.5, ReceiveWindow.BOXCAR).withTransmitModel(TransmitModel.FIRST_ARRIVAL);
    private static final Probe L11 = Probe.linear("L11-5v (64)", 64, 0.3e-3, 7.6e6)
            .elementWidthM(0.27e-3)
            .fractionalBandwidth(0.77)
            .build();

    @Test
    void g05_planeWaves_matchEachAndCompounded() {
        Golden g05 = Golden.set("signal/g05_das_plane_iq");
        ChannelFormat format = planeWaves();
        float[] iq = Golden.set("signal/g04_rf2iq").floats("iq");
        PixelGrid grid = grid(g05, "x", "z");

        check(format, iq, grid, OPTIONS, g05.doubles("bf_compound"));

        float[] waves = g05.floats("bf_wave");
        for (int w = 0; w < 5; w++) {
            double[] expected = new double[2 * grid.size()];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = waves[w * expected.length + i];
            }
            double[] image = DelayAndSum.plan(format.only(w), grid, OPTIONS)
                    .reference(iqOf(format.only(w), wave(iq, w)), 0, RunContext.inline());
            assertThat(error(image, expected)).isLessThan(STORED_SINGLE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bf_F1.5_nearest, 1.5, NEAREST",
        "bf_F1.5_linear, 1.5, LINEAR",
        "bf_F1.5_quadratic, 1.5, QUADRATIC",
        "bf_F1.5_lanczos3, 1.5, LANCZOS3",
        "bf_F1.5_lanczos5, 1.5, LANCZOS5",
        "bf_F0_linear, 0, LINEAR",
        "bf_F1.0_linear, 1, LINEAR",
        "bf_F3.0_linear, 3, LINEAR",
        "bf_Fauto_linear, 2.1433979870685445, LINEAR"
    })
    void g06_variants_match(String name, double fNumber, Interpolation interpolation) {
        Golden g06 = Golden.set("signal/g06_das_variants");
        DasOptions options = OPTIONS.withFNumber(fNumber).withInterpolation(interpolation);
        float[] iq = wave(Golden.set("signal/g04_rf2iq").floats("iq"), 3);
        // float32 delays move a nearest sample that is exactly half way: a fourth of the samples' step at 4 fc
        double single = interpolation == Interpolation.NEAREST ? 2e-2 : SINGLE;

        check(planeWaves().only(3), iq, grid(g06, "x", "z"), options, g06.doubles(name), single);
    }

    @Test
    void g06_automaticFNumber_isThatOfMust() {
        FNumber.Fixed f = FNumber.automatic().resolve(L11, 1540);

        // PyMUST's minimiser stops within pi / 100 of the angle; its F-number 2.1434 is that good
        assertThat(f.lateral()).isBetween(2.1, 2.2);
        double angle = Math.atan(1 / (2 * f.lateral()));
        double x = Math.PI * L11.elementWidthM() * Math.sin(angle) * 7.6e6 * 1.385 / 1540;
        assertThat(Math.cos(angle) * Math.sin(x) / x).isCloseTo(0.71, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void g06_laterStart_matches() {
        Golden g06 = Golden.set("signal/g06_das_variants");
        float[] iq = wave(Golden.set("signal/g04_rf2iq").floats("iq"), 3);
        int kept = 1024 - 200;
        float[] cut = new float[2 * 64 * kept];
        for (int e = 0; e < 64; e++) {
            System.arraycopy(iq, 2 * (e * 1024 + 200), cut, 2 * e * kept, 2 * kept);
        }
        ChannelFormat format = planeWaves().only(3).withSamples(SampleAxis.common(30.4e6, 200 / 30.4e6, 1, kept));

        check(format, cut, grid(g06, "x", "z"), OPTIONS, g06.doubles("bf_t0_200samples"));
    }

    @Test
    void g06_subAperture_matches() {
        Golden g06 = Golden.set("signal/g06_das_variants");
        float[] iq = wave(Golden.set("signal/g04_rf2iq").floats("iq"), 3);
        Transmit law = new Transmit.ElementDelays(
                DoubleStream.of(g06.doubles("delays_subaperture")).boxed().toList());

        check(
                format(L11, List.of(law), 7.6e6, 30.4e6, 1024),
                iq,
                grid(g06, "x", "z"),
                OPTIONS,
                g06.doubles("bf_subaperture"));
    }

    @Test
    void g06_realRf_matches() {
        Golden g06 = Golden.set("signal/g06_das_variants");
        float[] rf = Golden.set("signal/g03_rf_plane5").floats("rf");
        ChannelFormat format = planeWaves().only(3);
        int n = 64 * 1024;
        ChannelData data = RfArray.wrap(format, new float[][] {Arrays.copyOfRange(rf, 3 * n, 4 * n)});
        double[] expected = g06.doubles("bf_rf_F1.5_linear");
        DelayAndSum plan = DelayAndSum.planRf(format, grid(g06, "x", "z"), OPTIONS);

        double[] exact = plan.reference(data, 0, RunContext.inline());
        float[] image = plan.apply(data, RunContext.inline()).copyFrame(0);

        double max = 0;
        double exactError = 0;
        double error = 0;
        for (int p = 0; p < expected.length; p++) {
            max = Math.max(max, Math.abs(expected[p]));
            exactError = Math.max(exactError, Math.abs(exact[2 * p] - expected[p]));
            error = Math.max(error, Math.abs(image[2 * p] - expected[p]));
            assertThat(image[2 * p + 1]).isZero();
        }
        assertThat(exactError / max).isLessThan(EXACT);
        assertThat(error / max).isLessThan(SINGLE);
    }

    @Test
    void g07_divergingWaves_matchEachAndCompounded() {
        Golden g07 = Golden.set("signal/g07_das_diverging");
        double[] delays = g07.doubles("tx_delays");
        List<Transmit> laws = IntStream.range(0, 3)
                .<Transmit>mapToObj(w -> new Transmit.ElementDelays(
                        DoubleStream.of(delays).skip(64L * w).limit(64).boxed().toList()))
                .toList();
        Probe probe =
                Probe.phased("P4-2v", 64, 0.3e-3, 2.72e6).elementWidthM(0.25e-3).build();
        ChannelFormat format = format(probe, laws, 2.72e6, 10.88e6, 1272);
        PixelGrid grid = grid(g07, "x", "z");
        DasOptions options = OPTIONS.withFNumber(1);
        float[] iq = g07.floats("iq");

        check(format, iq, grid, options, g07.doubles("bf_compound"));

        double[] tilt = g07.doubles("tilt");
        double[] waves = g07.doubles("bf_wave");
        int trace = 2 * 64 * 1272;
        for (int w = 0; w < 3; w++) {
            Transmit sector = Transmit.DivergingWave.sector(tilt[w], Math.toRadians(60), 63 * 0.3e-3);
            ChannelFormat only = format(probe, List.of(sector), 2.72e6, 10.88e6, 1272);
            int n = 2 * grid.size();
            check(
                    only,
                    Arrays.copyOfRange(iq, w * trace, (w + 1) * trace),
                    grid,
                    options,
                    Arrays.copyOfRange(waves, w * n, (w + 1) * n));
        }
    }

    @Test
    void g08_focusedWave_matches() {
        Golden g08 = Golden.set("signal/g08_das_focused_convex");
        ChannelFormat format = format(L11, List.of(new Transmit.FocusedWave(0, 15e-3)), 7.6e6, 30.4e6, 1024);

        check(format, g08.floats("foc_iq"), grid(g08, "foc_x", "foc_z"), OPTIONS, g08.doubles("foc_bf"));
    }

    @Test
    void g08_convexPlaneWave_matches() {
        Golden g08 = Golden.set("signal/g08_das_focused_convex");
        ChannelFormat format = format(ProbeCatalogue.C5_2V, List.of(new Transmit.PlaneWave(0)), 3.57e6, 14.28e6, 1600);

        check(format, g08.floats("cvx_iq"), grid(g08, "cvx_x", "cvx_z"), OPTIONS.withFNumber(1), g08.doubles("cvx_bf"));
    }

    private static void check(ChannelFormat format, float[] iq, PixelGrid grid, DasOptions options, double[] expected) {
        check(format, iq, grid, options, expected, SINGLE);
    }

    /** The reference in double, and both kernels, on a whole panel of frames and on a single one. */
    private static void check(
            ChannelFormat format, float[] iq, PixelGrid grid, DasOptions options, double[] expected, double single) {
        DelayAndSum plan = DelayAndSum.plan(format, grid, options);
        IqData one = iqOf(format, iq);

        assertThat(error(plan.reference(one, 0, RunContext.inline()), expected)).isLessThan(EXACT);
        assertThat(error(widen(plan.apply(one, RunContext.inline()).copyFrame(0)), expected))
                .isLessThan(single);
        float[][] frames = new float[9][iq.length];
        frames[7] = iq;
        IqData panel = IqData.copyOf(format, format.sequence().centerFrequencyHz(), frames);
        assertThat(error(widen(plan.apply(panel, RunContext.inline()).copyFrame(7)), expected))
                .isLessThan(single);
    }

    private static ChannelFormat planeWaves() {
        double[] tilts = Golden.set("signal/g03_rf_plane5").doubles("tilt");
        return format(
                L11,
                DoubleStream.of(tilts)
                        .<Transmit>mapToObj(Transmit.PlaneWave::new)
                        .toList(),
                7.6e6,
                30.4e6,
                1024);
    }

    private static ChannelFormat format(Probe probe, List<Transmit> waves, double fc, double fs, int samples) {
        return new ChannelFormat(
                probe, new TransmitSequence(waves, fc, 5000, 1540), SampleAxis.common(fs, 0, waves.size(), samples));
    }

    private static PixelGrid grid(Golden set, String xName, String zName) {
        double[] x = set.doubles(xName);
        double[] z = set.doubles(zName);
        return PixelGrid.xz(x[0], x[x.length - 1], x.length, z[0], z[z.length - 1], z.length);
    }

    private static IqData iqOf(ChannelFormat format, float[] iq) {
        return IqData.copyOf(format, format.sequence().centerFrequencyHz(), new float[][] {iq});
    }

    private static float[] wave(float[] iq, int w) {
        int n = 2 * 64 * 1024;
        return Arrays.copyOfRange(iq, w * n, (w + 1) * n);
    }

    private static double[] widen(float[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    private static double error(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double max = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i += 2) {
            max = Math.max(max, Math.hypot(expected[i], expected[i + 1]));
            error = Math.max(error, Math.hypot(actual[i] - expected[i], actual[i + 1] - expected[i + 1]));
        }
        return error / max;
    }
}
