package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

/** Golden vectors g17: analytic plane-wave delays, a float64 reference that USTB's C++ kernel confirms to 1e-5. */
class DelayAndSumGoldenTest {
    /** float32 samples and delays: 1e-4 of the maximum is the tolerance of the vectors for float32 ports. */
    private static final double TOLERANCE = 1e-4;

    private static final int ELEMENTS = 64;
    private static final int SAMPLES = 1024;
    private static final int WAVES = 5;

    @Test
    void apply_boxcar_matchesGoldenCompound() {
        double[] expected = Golden.set("signal/g17_das_analytic").doubles("bf_box");

        float[] image = compound(ReceiveWindow.BOXCAR, kernelChoices().getFirst());

        assertRelative(image, expected);
    }

    @Test
    void apply_hann_matchesGoldenCompound() {
        double[] expected = Golden.set("signal/g17_das_analytic").doubles("bf_hann");

        assertRelative(compound(ReceiveWindow.HANN, kernelChoices().getFirst()), expected);
    }

    @Test
    void apply_scalarKernel_matchesGoldenCompound() {
        double[] expected = Golden.set("signal/g17_das_analytic").doubles("bf_box");

        assertRelative(
                compound(ReceiveWindow.BOXCAR, org.fus.core.internal.kernel.ScalarKernels.INSTANCE.das()), expected);
    }

    @Test
    void apply_eachWaveAlone_matchesGoldenWave() {
        float[] expected = Golden.set("signal/g17_das_analytic").floats("bf_wave_box");
        int perWave = expected.length / WAVES;
        PixelGrid grid = grid();

        for (int wave = 0; wave < WAVES; wave++) {
            ChannelFormat format = format().only(wave);
            float[] iq = Golden.set("signal/g04_rf2iq").floats("iq");
            int trace = 2 * ELEMENTS * SAMPLES;
            float[] frame = java.util.Arrays.copyOfRange(iq, wave * trace, (wave + 1) * trace);
            IqEnsemble image = DelayAndSum.plan(format, grid, new DasOptions(1.5, ReceiveWindow.BOXCAR))
                    .apply(IqData.copyOf(format, 7.6e6, new float[][] {frame}), RunContext.inline());

            double[] want = new double[perWave];
            for (int i = 0; i < perWave; i++) {
                want[i] = expected[wave * perWave + i];
            }
            assertRelative(image.copyFrame(0), want);
        }
    }

    private static List<org.fus.core.internal.kernel.DasKernel> kernelChoices() {
        return List.of(org.fus.core.internal.kernel.KernelProvider.active().das());
    }

    /** Three frames of different scale, so that a panel is wider than one frame; returns the middle one, scaled back. */
    private static float[] compound(ReceiveWindow window, org.fus.core.internal.kernel.DasKernel kernel) {
        float[] iq = Golden.set("signal/g04_rf2iq").floats("iq");
        float[][] frames = new float[40][iq.length];
        for (int f = 0; f < frames.length; f++) {
            for (int i = 0; i < iq.length; i++) {
                frames[f][i] = f == 17 ? iq[i] : -f * iq[i];
            }
        }
        IqEnsemble image = DelayAndSum.plan(format(), grid(), new DasOptions(1.5, window), kernel)
                .apply(IqData.copyOf(format(), 7.6e6, frames), RunContext.inline());
        return image.copyFrame(17);
    }

    private static ChannelFormat format() {
        Probe probe = Probe.linear("L11-5v (64)", ELEMENTS, 0.3e-3, 7.6e6)
                .elementWidthM(0.27e-3)
                .build();
        double[] tilts = Golden.set("signal/g03_rf_plane5").doubles("tilt");
        List<Transmit> waves = DoubleStream.of(tilts)
                .<Transmit>mapToObj(Transmit.PlaneWave::new)
                .toList();
        return new ChannelFormat(
                probe, new TransmitSequence(waves, 7.6e6, 5000, 1540), SampleAxis.common(30.4e6, 0, WAVES, SAMPLES));
    }

    private static PixelGrid grid() {
        double[] x = Golden.set("signal/g17_das_analytic").doubles("x");
        double[] z = Golden.set("signal/g17_das_analytic").doubles("z");
        return PixelGrid.xz(x[0], x[x.length - 1], x.length, z[0], z[z.length - 1], z.length);
    }

    private static void assertRelative(float[] actual, double[] expected) {
        assertThat(actual).hasSize(expected.length);
        double max = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i += 2) {
            max = Math.max(max, Math.hypot(expected[i], expected[i + 1]));
            error = Math.max(error, Math.hypot(actual[i] - expected[i], actual[i + 1] - expected[i + 1]));
        }
        assertThat(error / max).isLessThan(TOLERANCE);
    }
}
