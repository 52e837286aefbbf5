package org.fus.core.beamforming;

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
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.OrientedGrid;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.PointGrid;
import org.fus.core.geometry.PolarGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Ensembles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of the operator and of its plans. */
class DasPlanTest {
    private static final double F = 7.5e6;
    private static final RunContext HERE = RunContext.inline();

    /** Reaches beyond the record on both sides, so that delays before the first and behind the last sample are met. */
    private static final PixelGrid GRID = PixelGrid.xz(-0.8e-3, 0.9e-3, 9, 0.7e-3, 4e-3, 13);

    @Property(tries = 25)
    void everyInterpolation_vectorScalarAndReference_agree(
            @ForAll Interpolation interpolation,
            @ForAll @IntRange(min = 1, max = 41) int frames,
            @ForAll @IntRange(min = 1, max = 21) int elements) {
        ChannelFormat format = linear(elements, 2);
        IqData data = PointEchoes.random(format, frames, 3);
        DasOptions options = new DasOptions(1, ReceiveWindow.HAMMING).withInterpolation(interpolation);
        DelayAndSum active = DelayAndSum.plan(format, GRID, options);
        DelayAndSum scalar = DelayAndSum.plan(
                format, GRID, options, ScalarKernels.INSTANCE.das(DelayAndSum.tapTable(interpolation)));

        IqEnsemble a = active.apply(data, HERE);
        IqEnsemble b = scalar.apply(data, HERE);

        // float32 sums of up to 40 products, in another order and with fused operations
        assertThat(Ensembles.relativeDifference(a, b)).isLessThan(1e-5);
        if (interpolation != Interpolation.LINEAR) {
            assertThat(b.copyFrame(frames - 1)).isEqualTo(a.copyFrame(frames - 1));
        }
        if (interpolation != Interpolation.NEAREST) {
            // white noise is as steep between samples as can be: a delay of 100 samples in float32 is off by 4e-6
            assertThat(difference(a.copyFrame(0), active.reference(data, 0, HERE)))
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void adjoint_ofAnyInterpolation_passesTheDotProductTest(Interpolation interpolation) {
        assertAdjoint(linear(17, 3), GRID, new DasOptions(1, ReceiveWindow.HANN).withInterpolation(interpolation));
    }

    @Test
    void adjoint_ofAMatrixProbe_passesTheDotProductTest() {
        assertAdjoint(
                matrix(),
                PixelGrid.box(new Vector3(-0.5e-3, -0.4e-3, 1e-3), new Vector3(0.5e-3, 0.4e-3, 3e-3), 5, 4, 6),
                DasOptions.DEFAULTS.withNormalization(Normalization.WEIGHTS));
    }

    private static void assertAdjoint(ChannelFormat format, ImageGrid grid, DasOptions options) {
        DelayAndSum plan = DelayAndSum.plan(format, grid, options);
        IqData x = PointEchoes.random(format, 3, 5);
        IqEnsemble ax = plan.apply(x, HERE);
        float[][] frames = new float[3][2 * grid.size()];
        java.util.SplittableRandom random = new java.util.SplittableRandom(8);
        for (float[] frame : frames) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextDouble(-1, 1);
            }
        }
        IqEnsemble y = IqEnsemble.copyOf(grid, ax.timing(), frames, Provenance.none());
        IqData back = plan.adjoint(y, HERE);

        for (int f = 0; f < 3; f++) {
            double[] left = dot(ax.copyFrame(f), frames[f]);
            double[] right = dot(x.copyFrame(f), back.copyFrame(f));
            double scale = Math.sqrt(dot(ax.copyFrame(f), ax.copyFrame(f))[0] * dot(frames[f], frames[f])[0]);
            // both sides sum some thousand float32 products
            assertThat(Math.hypot(left[0] - right[0], left[1] - right[1]) / scale)
                    .isLessThan(1e-5);
        }
    }

    @Property(tries = 20)
    void apply_isLinear(@ForAll @IntRange(min = 1, max = 12) int elements, @ForAll Interpolation interpolation) {
        ChannelFormat format = linear(elements, 2);
        float[] x = PointEchoes.random(format, 1, 1).copyFrame(0);
        float[] y = PointEchoes.random(format, 1, 2).copyFrame(0);
        float[] sum = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = 0.25f * x[i] - 2 * y[i];
        }
        DelayAndSum plan = DelayAndSum.plan(format, GRID, DasOptions.DEFAULTS.withInterpolation(interpolation));

        IqEnsemble images = plan.apply(PointEchoes.data(format, x, y, sum), HERE);

        float[] a = images.copyFrame(0);
        float[] b = images.copyFrame(1);
        float[] c = images.copyFrame(2);
        for (int i = 0; i < c.length; i++) {
            assertThat(c[i]).isCloseTo(0.25f * a[i] - 2 * b[i], within(1e-3f));
        }
    }

    @Test
    void smallBudget_threadsAndBlocks_giveIdenticalBits() {
        ChannelFormat format = matrix();
        PixelGrid grid =
                PixelGrid.box(new Vector3(-0.5e-3, -0.4e-3, 1e-3), new Vector3(0.5e-3, 0.4e-3, 3e-3), 15, 9, 31);
        IqData data = PointEchoes.random(format, 41, 9);
        for (Interpolation interpolation : List.of(Interpolation.LINEAR, Interpolation.CUBIC)) {
            DasOptions options = DasOptions.DEFAULTS.withInterpolation(interpolation);
            IqEnsemble stored = DelayAndSum.plan(format, grid, options).apply(data, HERE);
            DelayAndSum pieces = DelayAndSum.plan(format, grid, options.withMemoryBudgetBytes(0));
            assertThat(pieces.memory().planBytes()).isZero();
            for (int threads : new int[] {1, 2, 7}) {
                try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                    assertSameBits(pieces.apply(data, RunContext.of(pool, threads)), stored, 0);
                }
            }
            // 41 frames in blocks of 17, the last of 7: another width of panel
            DelayAndSum plan = DelayAndSum.plan(format, grid, options);
            for (int first = 0; first < 41; first += 17) {
                int count = Math.min(17, 41 - first);
                assertSameBits(plan.apply(slice(data, first, count), HERE), stored, first);
            }
        }
    }

    private static void assertSameBits(IqEnsemble part, IqEnsemble whole, int first) {
        for (int f = 0; f < part.frames(); f++) {
            assertThat(part.copyFrame(f)).isEqualTo(whole.copyFrame(first + f));
        }
    }

    private static IqData slice(IqData data, int first, int count) {
        float[][] frames = new float[count][];
        for (int f = 0; f < count; f++) {
            frames[f] = data.copyFrame(first + f);
        }
        return PointEchoes.data(data.format(), frames);
    }

    @Test
    void estimate_isWhatThePlanHolds() {
        ChannelFormat format = linear(32, 3);
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 41, 1e-3, 4e-3, 50);

        MemoryEstimate estimate = DelayAndSum.estimate(format, grid, DasOptions.DEFAULTS);

        assertThat(DelayAndSum.plan(format, grid, DasOptions.DEFAULTS).memory()).isEqualTo(estimate);
        long wholeArray = 12L * grid.size() * (32 + 3);
        assertThat(estimate.planBytes()).isBetween(wholeArray / 4, wholeArray);
        assertThat(estimate.bytesPerFrame()).isEqualTo(8L * grid.size());
        DasOptions tight = DasOptions.DEFAULTS.withMemoryBudgetBytes(estimate.planBytes() - 1);
        assertThat(DelayAndSum.estimate(format, grid, tight).planBytes()).isZero();
        assertThat(DelayAndSum.estimate(format, grid, tight).bytesPerThread()).isLessThan(1L << 21);
    }

    @Test
    void gridsOfEveryKind_giveTheSamePixels() {
        ChannelFormat format = linear(16, 2);
        IqData data = PointEchoes.random(format, 1, 4);
        PixelGrid local = PixelGrid.xz(-0.2e-3, 0.3e-3, 5, -0.3e-3, 0.4e-3, 6);
        List<ImageGrid> grids = List.of(
                PolarGrid.sector(new Vector3(0, 0, -1e-3), -0.3, 0.3, 6, 2.2e-3, 4e-3, 7),
                new OrientedGrid(local, Affine3.ofEulerXyz(0, 0.4, 0, 0.1e-3, 0, 2e-3)),
                GRID);
        for (ImageGrid grid : grids) {
            List<Vector3> points = new ArrayList<>();
            for (int p = 0; p < grid.size(); p++) {
                points.add(grid.pointM(p));
            }
            float[] shaped = DelayAndSum.plan(format, grid, DasOptions.DEFAULTS)
                    .apply(data, HERE)
                    .copyFrame(0);
            float[] loose = DelayAndSum.plan(format, PointGrid.of(points), DasOptions.DEFAULTS)
                    .apply(data, HERE)
                    .copyFrame(0);
            assertThat(shaped).isEqualTo(loose);
        }
    }

    @Test
    void multiArray_eachArrayHearsItsOwnSlice() {
        Probe probe = Probe.multiArray("two", 2, 8, 0.1e-3, 2e-3, F)
                .elevation(1.5e-3, 8e-3)
                .build();
        ChannelFormat format = new ChannelFormat(
                probe, TransmitSequence.planeWaves(0, 0, 1, F, 5000), SampleAxis.common(4 * F, 0.8e-6, 1, 160));
        PixelGrid slices = PixelGrid.box(new Vector3(-0.2e-3, -1e-3, 1e-3), new Vector3(0.2e-3, 1e-3, 2e-3), 5, 3, 4);
        ReceiveChannels channels = new DasGeometry(format, slices, DasOptions.DEFAULTS.withFNumber(0)).channels(0);

        for (int p = 0; p < slices.size(); p++) {
            Vector3 at = slices.pointM(p);
            for (int e = 0; e < 16; e++) {
                boolean own = at.y() == (e < 8 ? -1e-3 : 1e-3);
                assertThat(Double.isNaN(channels.weight(e, at))).isEqualTo(!own);
                if (own) {
                    double x = at.x() - (e % 8 - 3.5) * 0.1e-3;
                    assertThat(channels.timeS(e, at)).isCloseTo(Math.hypot(x, at.z()) / 1540, within(1e-18));
                }
            }
        }
    }

    @Test
    void rowColumnElements_areHeardFromTheirNearestPoint() {
        Probe probe = Probe.rowColumn("rca", 4, 4, 0.2e-3, 0.8e-3, F).build();
        ChannelFormat format = new ChannelFormat(
                probe, TransmitSequence.planeWaves(0, 0, 1, F, 5000), SampleAxis.common(4 * F, 0, 1, 160));
        Vector3 at = new Vector3(0.1e-3, 0.9e-3, 1e-3);
        ReceiveChannels channels =
                new DasGeometry(format, PointGrid.of(List.of(at)), DasOptions.DEFAULTS.withFNumber(0)).channels(0);

        // column 3 ends at y = 0.4 mm; row 2 at y = 0.1 mm is long enough in x
        assertThat(channels.timeS(3, at) * 1540)
                .isCloseTo(Math.sqrt(0.2e-3 * 0.2e-3 + 0.5e-3 * 0.5e-3 + 1e-6), within(1e-15));
        assertThat(channels.timeS(4 + 2, at) * 1540).isCloseTo(Math.hypot(0.8e-3, 1e-3), within(1e-15));
    }

    @Test
    void summedElements_standAtTheirCentre() {
        Probe probe = Probe.linear("pairs", 6, 0.1e-3, F).build();
        int[][] pairs = {{0, 1}, {}, {4, 5}};
        ChannelFormat format = new ChannelFormat(
                probe,
                TransmitSequence.planeWaves(0, 0, 1, F, 5000),
                SampleAxis.common(4 * F, 0, 1, 160),
                org.fus.core.data.ChannelMap.ofGroups(new int[][][] {pairs}));
        Vector3 at = new Vector3(0, 0, 1e-3);
        ReceiveChannels channels = new DasGeometry(format, GRID, DasOptions.DEFAULTS).channels(0);

        assertThat(channels.timeS(0, at) * 1540).isCloseTo(Math.hypot(0.2e-3, 1e-3), within(1e-15));
        assertThat(channels.weight(1, at)).isNaN();
    }

    @Test
    void normalization_dividesByWhatItSays() {
        ChannelFormat format = linear(16, 3);
        float[] ones = new float[2 * 3 * 16 * 160];
        for (int i = 0; i < ones.length; i += 2) {
            ones[i] = 1;
        }
        PixelGrid grid = PixelGrid.xz(-0.2e-3, 0.2e-3, 3, 1.5e-3, 2e-3, 3);
        DasOptions options = new DasOptions(1, ReceiveWindow.HANN);
        float[] sum = image(format, ones, grid, options);

        float[] perTransmit = image(format, ones, grid, options.withNormalization(Normalization.TRANSMITS));
        float[] perWeight = image(format, ones, grid, options.withNormalization(Normalization.WEIGHTS));

        for (int i = 0; i < sum.length; i++) {
            assertThat(3 * perTransmit[i]).isCloseTo(sum[i], within(1e-4f));
        }
        for (int p = 0; p < grid.size(); p++) {
            Vector3 at = grid.pointM(p);
            double weights = 0;
            for (int e = 0; e < 16; e++) {
                double u = Math.abs(at.x() - (e - 7.5) * 1e-4) / at.z();
                weights += u <= 0.5 ? 3 * ReceiveWindow.HANN.weight(u) : 0;
            }
            assertThat(perWeight[2 * p] * weights).isCloseTo(sum[2 * p], within(1e-4));
        }
    }

    @Test
    void minimumApertureAndAcceptance_boundTheElements() {
        ChannelFormat format = linear(16, 1);
        float[] ones = new float[2 * 16 * 160];
        PixelGrid grid = new PixelGrid(0.02e-3, 0, 1.5e-3, 1e-4, 1e-4, 1e-4, 1, 1, 1);
        DasOptions narrow = new DasOptions(5, ReceiveWindow.BOXCAR);
        for (int e = 0; e < 16; e++) {
            for (int s = 0; s < 160; s++) {
                ones[2 * (e * 160 + s)] = 1;
            }
        }

        // 1.5 mm at F-number 5 is an aperture of 0.3 mm: elements at -0.05, 0.05 and 0.15 mm (off by 0.13)
        assertThat(taken(format, ones, grid, narrow)).isEqualTo(3);
        // 0.8 mm: offsets up to 0.4 mm
        assertThat(taken(format, ones, grid, narrow.withMinimumApertureM(0.8e-3)))
                .isEqualTo(8);
        // tan(0.1) 1.5 mm = 0.15 mm
        assertThat(taken(format, ones, grid, narrow.withFNumber(0).withAcceptanceRad(0.1)))
                .isEqualTo(3);
    }

    /** How many elements contribute to the first pixel, from the sum without phases. */
    private static long taken(ChannelFormat format, float[] iq, ImageGrid grid, DasOptions options) {
        float[][] real = new float[1][iq.length / 2];
        for (int i = 0; i < real[0].length; i++) {
            real[0][i] = iq[2 * i];
        }
        return Math.round(DelayAndSum.planRf(format, grid, options)
                .apply(org.fus.core.data.RfArray.wrap(format, real), HERE)
                .copyFrame(0)[0]);
    }

    private static float[] image(ChannelFormat format, float[] iq, ImageGrid grid, DasOptions options) {
        return DelayAndSum.plan(format, grid, options)
                .apply(PointEchoes.data(format, iq), HERE)
                .copyFrame(0);
    }

    @Test
    void impossibleGeometry_isRefusedWithAllProblems() {
        ChannelFormat format = linear(4, 1);
        PixelGrid behindAndOff = new PixelGrid(0, -1e-3, -1e-3, 1e-4, 1e-3, 1e-4, 3, 2, 3);

        assertThatThrownBy(() -> DelayAndSum.plan(format, behindAndOff, DasOptions.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("behind the array")
                .hasMessageContaining("images the plane y = 0.0 m");
        PixelGrid throughElement = new PixelGrid(0.05e-3, 0, 0, 1e-4, 1e-4, 1e-4, 1, 1, 3);
        assertThatThrownBy(() -> DelayAndSum.plan(format, throughElement, DasOptions.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lies in an element");
        ChannelFormat steep = new ChannelFormat(
                format.probe(),
                new TransmitSequence(List.of(new Transmit.PlaneWave(1.45)), F, 1000, 1540),
                format.samples());
        assertThatThrownBy(() -> DelayAndSum.plan(steep, behindAndOff, DasOptions.DEFAULTS.withSoundSpeedMPerS(1700)))
                .hasMessageContaining("transmit 0")
                .hasMessageContaining("behind the array");
    }

    @Test
    void options_outOfRange_areRefused() {
        DasOptions d = DasOptions.DEFAULTS;
        assertThatThrownBy(() -> d.withAcceptanceRad(2)).hasMessageContaining("acceptanceRad");
        assertThatThrownBy(() -> d.withMinimumApertureM(-1)).hasMessageContaining("minimumApertureM");
        assertThatThrownBy(() -> d.withSoundSpeedMPerS(0)).hasMessageContaining("soundSpeedMPerS");
        assertThatThrownBy(() -> d.withMemoryBudgetBytes(-1)).hasMessageContaining("memoryBudgetBytes");
        assertThatThrownBy(() -> new FNumber.Directivity(1)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> new TimeCorrections.Lens(-1, 1000)).hasMessageContaining("thickness");
    }

    @Test
    void nanInOneFrame_isWarnedOfAndStaysThere() {
        ChannelFormat format = linear(8, 1);
        IqData data = PointEchoes.random(format, 12, 6);
        FramePanels panels = data.panels();
        for (int s = 0; s < 160; s++) {
            panels.set(5, s, Float.NaN, 0);
        }

        IqEnsemble images =
                DelayAndSum.plan(format, GRID, DasOptions.DEFAULTS).apply(IqData.ofPanels(format, F, panels), HERE);

        assertThat(images.provenance().warnings()).singleElement().asString().contains("frames [5]");
        for (float v : images.copyFrame(4)) {
            assertThat(v).isFinite();
        }
    }

    private static ChannelFormat linear(int elements, int waves) {
        return new ChannelFormat(
                Probe.linear("linear", elements, 0.1e-3, F).build(),
                TransmitSequence.planeWaves(-0.1, 0.1, waves, F, 5000),
                SampleAxis.common(4 * F, 0.8e-6, waves, 160));
    }

    private static ChannelFormat matrix() {
        return new ChannelFormat(
                Probe.matrix("matrix", 7, 5, 0.2e-3, F).build(),
                new TransmitSequence(
                        List.of(new Transmit.PlaneWave(0.1, 0.05), new Transmit.SingleElement(17)), F, 5000, 1540),
                SampleAxis.common(4 * F, 0.8e-6, 2, 160));
    }

    private static double[] dot(float[] a, float[] b) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < a.length; i += 2) {
            re += (double) a[i] * b[i] + (double) a[i + 1] * b[i + 1];
            im += (double) a[i + 1] * b[i] - (double) a[i] * b[i + 1];
        }
        return new double[] {re, im};
    }

    private static double difference(float[] actual, double[] expected) {
        double max = 1e-30;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            max = Math.max(max, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        return difference / max;
    }
}
