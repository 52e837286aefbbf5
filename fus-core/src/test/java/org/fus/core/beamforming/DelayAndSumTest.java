package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayAndSumTest {
    private static final double FREQUENCY_HZ = 15e6;

    /** Random data have no structure that could hide an error; 1e-5 of the maximum is float32 over 100 summands. */
    @Property(tries = 40)
    void apply_vectorKernel_matchesScalarAtOddSizes(
            @ForAll @IntRange(min = 1, max = 70) int frames,
            @ForAll @IntRange(min = 2, max = 9) int nx,
            @ForAll @IntRange(min = 2, max = 7) int nz,
            @ForAll @IntRange(min = 1, max = 37) int elements,
            @ForAll @IntRange(min = 1, max = 3) int waves) {
        ChannelFormat format = format(elements, waves, 61);
        IqData data = randomData(format, frames, 7);
        // The grid reaches beyond the record, so that some delays fall outside on either side.
        PixelGrid grid = PixelGrid.xz(-1.1e-3, 1.3e-3, nx, 1e-5, 4e-3, nz);

        IqEnsemble scalar = DelayAndSum.plan(format, grid, DasOptions.DEFAULTS, ScalarKernels.INSTANCE.das())
                .apply(data, RunContext.inline());
        IqEnsemble active = DelayAndSum.plan(
                        format,
                        grid,
                        DasOptions.DEFAULTS,
                        KernelProvider.active().das())
                .apply(data, RunContext.inline());

        double max = 1e-9;
        double error = 0;
        for (int f = 0; f < frames; f++) {
            float[] a = scalar.copyFrame(f);
            float[] b = active.copyFrame(f);
            for (int i = 0; i < a.length; i++) {
                max = Math.max(max, Math.abs(a[i]));
                error = Math.max(error, Math.abs(a[i] - b[i]));
            }
        }
        assertThat(error / max).isLessThan(1e-5);
    }

    /** Another order of the same sums: within float32 rounding of the batch, whatever the number of frames and threads. */
    @Property(tries = 40)
    void frameByFrame_anySizes_isTheBatchWithinRounding(
            @ForAll @IntRange(min = 1, max = 35) int frames,
            @ForAll @IntRange(min = 2, max = 9) int nx,
            @ForAll @IntRange(min = 2, max = 7) int nz,
            @ForAll @IntRange(min = 1, max = 300) int elements,
            @ForAll @IntRange(min = 1, max = 3) int waves) {
        ChannelFormat format = format(elements, waves, 61);
        IqData data = randomData(format, frames, 9);
        PixelGrid grid = PixelGrid.xz(-1.1e-3, 1.3e-3, nx, 1e-5, 4e-3, nz);
        DelayAndSum plan = DelayAndSum.planFrameByFrame(format, grid, DasOptions.DEFAULTS);

        IqEnsemble batch = DelayAndSum.plan(format, grid, DasOptions.DEFAULTS).apply(data, RunContext.inline());
        IqEnsemble images = plan.apply(data, RunContext.inline());
        IqEnsemble last =
                plan.apply(IqData.ofPanels(format, FREQUENCY_HZ, single(data, frames - 1)), RunContext.inline());

        double max = 1e-9;
        double error = 0;
        for (int f = 0; f < frames; f++) {
            float[] a = batch.copyFrame(f);
            float[] b = images.copyFrame(f);
            for (int i = 0; i < a.length; i++) {
                max = Math.max(max, Math.abs(a[i]));
                error = Math.max(error, Math.abs(a[i] - b[i]));
            }
        }
        assertThat(error / max).isLessThan(1e-5);
        assertThat(last.copyFrame(0)).isEqualTo(images.copyFrame(frames - 1));
    }

    private static FramePanels single(IqData data, int frame) {
        FramePanels one = FramePanels.allocate(1, data.panels().cells());
        float[] samples = new float[2 * one.cells()];
        data.panels().copyFrame(frame, samples);
        one.setFrame(0, samples);
        return one;
    }

    @Test
    void frameByFrame_otherInterpolation_isRefused() {
        DasOptions cubic = DasOptions.DEFAULTS.withInterpolation(Interpolation.CUBIC);
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 5, 1e-3, 4e-3, 5);

        assertThatThrownBy(() -> DelayAndSum.planFrameByFrame(format(8, 1, 61), grid, cubic))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected LINEAR");
    }

    @Test
    void apply_anyNumberOfThreads_givesIdenticalBits() {
        ChannelFormat format = format(32, 3, 200);
        IqData data = randomData(format, 70, 3);
        DelayAndSum plan =
                DelayAndSum.plan(format, PixelGrid.xz(-1e-3, 1e-3, 63, 0.5e-3, 5e-3, 70), DasOptions.DEFAULTS);
        IqEnsemble one = plan.apply(data, RunContext.inline());

        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                IqEnsemble many = plan.apply(data, RunContext.of(pool, threads));
                for (int f = 0; f < 70; f++) {
                    assertThat(many.copyFrame(f)).isEqualTo(one.copyFrame(f));
                }
            }
        }
    }

    /** Blocks end in narrow panels, which another kernel takes: 1, 2, 4 or 8 frames wide. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13, 32, 33, 66, 69})
    void apply_blocksThatDoNotDivideTheFrames_giveIdenticalBits(int block) {
        ChannelFormat format = format(32, 3, 200);
        IqData data = randomData(format, 70, 3);
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 9, 1e-5, 5e-3, 11);
        for (Interpolation interpolation : List.of(Interpolation.LINEAR, Interpolation.CUBIC)) {
            DelayAndSum plan = DelayAndSum.plan(format, grid, DasOptions.DEFAULTS.withInterpolation(interpolation));
            IqEnsemble whole = plan.apply(data, RunContext.inline());

            for (int first = 0; first < 70; first += block) {
                int count = Math.min(block, 70 - first);
                IqData part =
                        IqData.ofPanels(format, FREQUENCY_HZ, data.panels().slice(first, count));
                IqEnsemble images = plan.apply(part, RunContext.inline());
                for (int f = 0; f < count; f++) {
                    assertThat(images.copyFrame(f)).isEqualTo(whole.copyFrame(first + f));
                }
            }
        }
    }

    @Test
    void apply_compound_isSumOfItsWaves() {
        ChannelFormat format = format(16, 3, 120);
        IqData data = randomData(format, 1, 11);
        PixelGrid grid = PixelGrid.xz(-0.5e-3, 0.5e-3, 5, 0.5e-3, 3e-3, 6);
        float[] all = DelayAndSum.plan(format, grid, DasOptions.DEFAULTS)
                .apply(data, RunContext.inline())
                .copyFrame(0);

        float[] sum = new float[all.length];
        float[] samples = data.copyFrame(0);
        int perWave = samples.length / 3;
        for (int w = 0; w < 3; w++) {
            float[] wave = java.util.Arrays.copyOfRange(samples, w * perWave, (w + 1) * perWave);
            ChannelFormat only = format.only(w);
            float[] image = DelayAndSum.plan(only, grid, DasOptions.DEFAULTS)
                    .apply(IqData.copyOf(only, FREQUENCY_HZ, new float[][] {wave}), RunContext.inline())
                    .copyFrame(0);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += image[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            assertThat(sum[i]).isCloseTo(all[i], org.assertj.core.api.Assertions.within(2e-2f));
        }
    }

    @Test
    void plan_gridBehindArray_isRefused() {
        ChannelFormat format = format(8, 1, 50);

        assertThatThrownBy(() ->
                        DelayAndSum.plan(format, PixelGrid.xz(-1e-3, 1e-3, 3, -1e-3, 1e-3, 3), DasOptions.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("behind the array");
    }

    @Test
    void apply_dataOfAnotherFormat_isRefusedWithBothFormats() {
        DelayAndSum plan =
                DelayAndSum.plan(format(8, 1, 50), PixelGrid.xz(-1e-3, 1e-3, 3, 1e-3, 2e-3, 3), DasOptions.DEFAULTS);
        IqData other = randomData(format(8, 1, 51), 1, 1);

        assertThatThrownBy(() -> plan.apply(other, RunContext.inline()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("51 samples")
                .hasMessageContaining("50 samples");
    }

    @Test
    void options_impossibleFNumber_isRefused() {
        assertThatThrownBy(() -> DasOptions.DEFAULTS.withFNumber(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DasOptions.DEFAULTS.withFNumber(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DasOptions(0, ReceiveWindow.HANN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("F-number above 0");
    }

    private static ChannelFormat format(int elements, int waves, int samples) {
        return new ChannelFormat(
                Probe.linear("test", elements, 0.1e-3, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(-0.1, 0.1, waves, FREQUENCY_HZ, 5000),
                SampleAxis.common(2 * FREQUENCY_HZ, 0.2e-6, waves, samples));
    }

    private static IqData randomData(ChannelFormat format, int frames, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] samples = new float[frames][2 * format.transmits() * format.channels() * format.sampleCount()];
        for (float[] frame : samples) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextDouble(-100, 100);
            }
        }
        return IqData.copyOf(format, FREQUENCY_HZ, samples);
    }
}
