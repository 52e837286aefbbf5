package org.fus.core.beamforming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfData;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.internal.kernel.DasKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.TapTable;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/**
 * Delay-and-sum with coherent compounding: for every pixel, the sum over transmits and active channels of
 *
 * <pre>w_c IQ_c(t) exp(j 2 pi f t),   t = t_transmit(pixel) + t_receive(pixel, c)</pre>
 *
 * interpolated on baseband. An element is active when the pixel's offset along the element's width is at most depth / (2 F),
 * both seen from the element; see {@link DasOptions} for all choices. A sample outside the record contributes nothing.
 * Delays, phases and aperture membership are decided in double and kept in float32, so that images are within about 1e-4
 * of the maximum of a float64 computation ({@link #reference}).
 *
 * <p>Probes of any kind, all transmits, and grids of any kind are taken. RF samples ({@link #planRf}) are summed as they
 * are, without phases; the images are real.
 *
 * <p>The plan is immutable and may be applied by many threads at once. It needs 12 bytes per pixel and active element and
 * 12 per pixel and transmit, or a few MiB per thread when that is beyond its budget; applying it costs one complex
 * multiply-add with interpolation per pixel, active element, transmit and frame.
 *
 * @see <a href="https://doi.org/10.1109/TUFFC.2009.1067">Montaldo et al. 2009, coherent plane-wave compounding</a>
 * @see <a href="https://doi.org/10.1016/j.ultras.2020.106309">Perrot et al. 2021, delay-and-sum on RF and IQ</a>
 */
public final class DelayAndSum implements Beamformer {
    /** RF frames that are taken at a time: whole panels, so that their images are shared, not copied. */
    private static final int RF_FRAMES_PER_STEP = FramePanels.FULL_WIDTH;

    private final DasGeometry geometry;
    private final boolean rf;
    private final boolean frameByFrame;
    private final DasTiles tiles;

    private DelayAndSum(DasGeometry geometry, boolean rf, boolean frameByFrame, DasKernel kernel) {
        this.geometry = geometry;
        this.rf = rf;
        this.frameByFrame = frameByFrame;
        this.tiles = DasTiles.of(geometry, rotationHz(geometry, rf), kernel);
    }

    private static double rotationHz(DasGeometry geometry, boolean rf) {
        return rf ? 0 : geometry.format().sequence().centerFrequencyHz();
    }

    /**
     * Computes a plan for IQ samples.
     *
     * @param format what the IQ samples mean: array, transmits, sample times
     * @param grid where to look, in front of the array
     * @param options aperture, interpolation and the rest
     * @return the plan
     * @throws IllegalArgumentException naming all that is impossible: pixels behind the array, in an element, or out of
     *     the plane of a planar array; a wave that cannot exist in the medium
     */
    public static DelayAndSum plan(ChannelFormat format, ImageGrid grid, DasOptions options) {
        return plan(format, grid, options, kernel(options.interpolation()));
    }

    /**
     * Computes a plan for RF samples.
     *
     * @param format what the RF samples mean
     * @param grid where to look
     * @param options aperture, interpolation and the rest
     * @return a plan whose images are real: their imaginary parts are 0
     * @throws IllegalArgumentException as {@link #plan}
     */
    public static DelayAndSum planRf(ChannelFormat format, ImageGrid grid, DasOptions options) {
        return new DelayAndSum(new DasGeometry(format, grid, options), true, false, kernel(options.interpolation()));
    }

    static DelayAndSum plan(ChannelFormat format, ImageGrid grid, DasOptions options, DasKernel kernel) {
        return new DelayAndSum(new DasGeometry(format, grid, options), false, false, kernel);
    }

    /**
     * Computes a plan that takes IQ samples frame by frame, for the lowest latency of a live view: a single frame is ready
     * several times sooner than from {@link #plan}, whose kernel waits for blocks of 32 and is then several times faster
     * per frame. Sums are taken in another order, so that the images of both differ by float32 rounding; hence a choice of
     * the caller, not of the number of frames at hand.
     *
     * @param format what the IQ samples mean
     * @param grid where to look
     * @param options aperture and the rest; the interpolation is linear
     * @return the plan
     * @throws IllegalArgumentException as {@link #plan}, and for another interpolation
     */
    public static DelayAndSum planFrameByFrame(ChannelFormat format, ImageGrid grid, DasOptions options) {
        if (options.interpolation() != Interpolation.LINEAR) {
            throw new IllegalArgumentException("frame by frame with " + options.interpolation()
                    + " interpolation, expected LINEAR; use plan for the others");
        }
        DasGeometry geometry = new DasGeometry(format, grid, options);
        return new DelayAndSum(geometry, false, true, KernelProvider.active().frameDas());
    }

    /**
     * What a plan would hold and need, before anything is allocated. Beyond 134 million (pixel, channel) pairs the plan's
     * part is an upper bound.
     *
     * @param format what the samples mean
     * @param grid where to look
     * @param options aperture, interpolation and the rest; a plan above their budget is made in pieces
     * @return bytes
     */
    public static MemoryEstimate estimate(ChannelFormat format, ImageGrid grid, DasOptions options) {
        DasGeometry geometry = new DasGeometry(format, grid, options);
        return DasTiles.estimate(geometry, rotationHz(geometry, false), kernel(options.interpolation()));
    }

    private static DasKernel kernel(Interpolation interpolation) {
        return interpolation == Interpolation.LINEAR
                ? KernelProvider.active().das()
                : KernelProvider.active().das(tapTable(interpolation));
    }

    static TapTable tapTable(Interpolation interpolation) {
        int taps = interpolation.taps();
        float[] weights = new float[(TapTable.STEPS + 1) * taps];
        for (int step = 0; step <= TapTable.STEPS; step++) {
            double f = (double) step / TapTable.STEPS;
            for (int tap = 0; tap < taps; tap++) {
                weights[step * taps + tap] = (float) interpolation.weight(tap, f);
            }
        }
        float shift = interpolation == Interpolation.NEAREST ? 0.5f : 0;
        return new TapTable(interpolation.firstTap(), taps, shift, weights);
    }

    @Override
    public ImageGrid grid() {
        return geometry.grid();
    }

    @Override
    public MemoryEstimate memory() {
        return tiles.memory();
    }

    @Override
    public IqEnsemble apply(ChannelData data, RunContext context) {
        requireMatch(data);
        return switch (data) {
            case IqData iq -> frameByFrame ? frames(iq.panels(), context) : images(iq.panels(), context);
            case RfData samples -> {
                List<IqEnsemble> parts = new ArrayList<>();
                for (int first = 0; first < samples.frames(); first += RF_FRAMES_PER_STEP) {
                    int count = Math.min(RF_FRAMES_PER_STEP, samples.frames() - first);
                    parts.add(images(RealPanels.of(samples.slice(first, count)), context));
                }
                yield IqEnsemble.concatenate(parts);
            }
        };
    }

    /** Each frame in panels of its own, unless it is alone in them already. */
    private IqEnsemble frames(FramePanels channels, RunContext context) {
        if (channels.width() == 1) {
            return images(channels, context);
        }
        FramePanels all = FramePanels.allocateLike(channels, channels.frames(), grid().size());
        FramePanels one = FramePanels.allocate(1, channels.cells());
        float[] samples = new float[2 * channels.cells()];
        float[] pixels = new float[2 * grid().size()];
        for (int f = 0; f < channels.frames(); f++) {
            channels.copyFrame(f, samples);
            one.setFrame(0, samples);
            FramePanels image = FramePanels.allocate(1, grid().size());
            tiles.form(one, image, context);
            image.copyFrame(0, pixels);
            all.setFrame(f, pixels);
        }
        return ensemble(all);
    }

    private IqEnsemble images(FramePanels channels, RunContext context) {
        FramePanels image = FramePanels.allocateLike(channels, channels.frames(), grid().size());
        tiles.form(channels, image, context);
        return ensemble(image);
    }

    private IqEnsemble ensemble(FramePanels image) {
        IqEnsemble.Timing timing = new IqEnsemble.Timing(
                geometry.format().sequence().frameRateHz(),
                geometry.format().sequence().centerFrequencyHz(),
                geometry.soundSpeedMPerS());
        Provenance provenance = NotFinite.report(image, Provenance.none().with("delay-and-sum", parameters()));
        return IqEnsemble.ofPanels(grid(), timing, image, provenance);
    }

    /**
     * The same image in double, pixel by pixel and without tables: what {@link #apply} is measured against.
     *
     * @param data samples of the plan's format
     * @param frame from 0
     * @param context where to run; progress stage {@code reference}
     * @return {@code [z][y][x]} interleaved (re, im)
     */
    public double[] reference(ChannelData data, int frame, RunContext context) {
        requireMatch(data);
        return new ReferenceDas(geometry, rotationHz(geometry, rf)).image(data, frame, context);
    }

    /**
     * The adjoint operator: spreads images back over the channels, so that {@code <apply(x), y> = <x, adjoint(y)>} with the
     * complex inner product {@code sum a conj(b)}. A building block of iterative reconstruction.
     *
     * @param images on the grid of the plan
     * @param context where to run; progress stage {@code adjoint}
     * @return samples of the plan's format
     * @throws IllegalArgumentException when the images are on another grid, or the plan is for RF
     */
    public IqData adjoint(IqEnsemble images, RunContext context) {
        if (rf || !images.grid().equals(grid())) {
            throw new IllegalArgumentException(
                    rf
                            ? "the adjoint is that of IQ plans, this one is for RF; use plan"
                            : "images on " + images.grid() + ", the plan's grid is " + grid()
                                    + "; use images of this plan");
        }
        DasTableBuilder builder = new DasTableBuilder(geometry, rotationHz(geometry, false));
        TapTable taps = tapTable(geometry.options().interpolation());
        return new AdjointDas(geometry, builder, taps).channels(images, context);
    }

    private Map<String, String> parameters() {
        DasOptions options = geometry.options();
        FNumber.Fixed f = options.fNumber().resolve(geometry.format().probe(), geometry.soundSpeedMPerS());
        Map<String, String> p = new LinkedHashMap<>();
        p.put("probe", geometry.format().probe().name());
        p.put("samples", rf ? "rf" : "iq");
        p.put("kernel", frameByFrame ? "frame by frame" : "batch");
        p.put("transmits", Integer.toString(geometry.format().transmits()));
        p.put("fNumber", Double.toString(f.lateral()));
        p.put("elevationFNumber", Double.toString(f.elevation()));
        p.put("window", options.window().name());
        p.put("minimumApertureM", Double.toString(options.minimumApertureM()));
        p.put("acceptanceRad", Double.toString(options.acceptanceRad()));
        p.put("interpolation", options.interpolation().name().toLowerCase(Locale.ROOT));
        p.put("normalization", options.normalization().name().toLowerCase(Locale.ROOT));
        p.put("transmitModel", options.transmitModel().name().toLowerCase(Locale.ROOT));
        p.put("timeZeroS", Double.toString(options.corrections().timeZeroS()));
        p.put("pulsePeakS", Double.toString(options.corrections().pulsePeakS()));
        p.put("lensThicknessM", Double.toString(options.corrections().lens().thicknessM()));
        p.put(
                "lensSoundSpeedMPerS",
                Double.toString(options.corrections().lens().soundSpeedMPerS()));
        p.put("soundSpeedMPerS", Double.toString(geometry.soundSpeedMPerS()));
        return p;
    }

    private void requireMatch(ChannelData data) {
        PlanMatch.require(data, geometry.format());
        if (rf != (data instanceof RfData)) {
            throw new IllegalArgumentException(
                    rf
                            ? "the plan is for RF, the data are IQ; use plan"
                            : "the plan is for IQ, the data are RF; demodulate them, or use planRf");
        }
    }
}
