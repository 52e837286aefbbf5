package org.fus.core.beamforming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.internal.kernel.CellKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/**
 * Beamforming by a {@link PixelMethod}: for every pixel the samples of the active elements are aligned as in
 * {@link DelayAndSum}, in float32, and become one value by the method, in double. Delays are computed where they are
 * needed, so a plan holds no tables and memory does not grow with the grid. Work space is kept from call to call.
 *
 * <p>Immutable; may be applied by many threads at once. Results have the same bits for any number of threads. Aligning
 * costs about three times a plain delay-and-sum; the method comes on top.
 */
public final class AdaptiveBeamformer implements Beamformer {
    /** Pixels of a task, so that it takes some milliseconds for 32 frames. */
    private static final int PIXELS_PER_TASK = 16;

    private final ChannelFormat format;
    private final ImageGrid grid;
    private final DasOptions options;
    private final PixelMethod method;
    private final Compounding compounding;
    private final DasGeometry geometry;
    private final CellKernel cells;
    private final WorkPool<AdaptivePixels> pool = new WorkPool<>();

    private AdaptiveBeamformer(
            DasGeometry geometry,
            ChannelFormat format,
            ImageGrid grid,
            DasOptions options,
            PixelMethod method,
            Compounding compounding,
            CellKernel cells) {
        this.geometry = geometry;
        this.format = format;
        this.grid = grid;
        this.options = options;
        this.method = method;
        this.compounding = compounding;
        this.cells = cells;
    }

    /**
     * Prepares a method.
     *
     * @param format what the IQ samples mean: array, transmits, sample times
     * @param grid where to look, in front of the array
     * @param options aperture, model and corrections; linear interpolation and plain sums alone
     * @param method how aligned samples become a pixel
     * @param compounding how transmits come together
     * @return the plan
     * @throws IllegalArgumentException as {@link DelayAndSum#plan}
     * @throws FusUnsupportedException for another interpolation or normalisation; for coherent compounding of transmits
     *     whose channels belong to different elements
     */
    public static AdaptiveBeamformer plan(
            ChannelFormat format, ImageGrid grid, DasOptions options, PixelMethod method, Compounding compounding) {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(compounding, "compounding");
        DasGeometry geometry = new DasGeometry(format, grid, options);
        requireSuitable(geometry, compounding);
        return new AdaptiveBeamformer(
                geometry,
                format,
                grid,
                options,
                method,
                compounding,
                KernelProvider.active().cells());
    }

    private static void requireSuitable(DasGeometry geometry, Compounding compounding) {
        List<String> problems = new ArrayList<>();
        if (geometry.options().interpolation() != Interpolation.LINEAR) {
            problems.add("interpolation " + geometry.options().interpolation() + " (expected LINEAR)");
        }
        if (geometry.options().normalization() != Normalization.SUM) {
            problems.add("normalization " + geometry.options().normalization() + " (expected SUM)");
        }
        if (geometry.groups() > 1 && compounding == Compounding.COHERENT) {
            problems.add("coherent compounding of transmits whose channels belong to different elements (expected "
                    + Compounding.COHERENT_IMAGES + ")");
        }
        if (!problems.isEmpty()) {
            throw new FusUnsupportedException(
                    "adaptive methods cannot do " + String.join(", nor ", problems) + "; change it, or use das");
        }
    }

    @Override
    public ImageGrid grid() {
        return grid;
    }

    @Override
    public IqEnsemble apply(ChannelData channelData, RunContext context) {
        IqData data = PlanMatch.requireIq(channelData, format);
        FramePanels channels = data.panels();
        FramePanels image = FramePanels.allocateLike(data.panels(), data.frames(), grid.size());
        int pixelsPerTask = method instanceof Capon ? 1 : PIXELS_PER_TASK;
        int tasksPerPanel = (grid.size() + pixelsPerTask - 1) / pixelsPerTask;
        int width = image.width();
        Predicate<AdaptivePixels> fits = w -> w.width() == width;
        Supplier<AdaptivePixels> maker = () -> new AdaptivePixels(geometry, grid, method, compounding, cells, width);
        context.forEach("beamform", Math.multiplyExact(tasksPerPanel, image.count()), task -> {
            int first = task % tasksPerPanel * pixelsPerTask;
            AdaptivePixels pixels = pool.take(fits, maker);
            pixels.moveTo(channels, image, task / tasksPerPanel);
            for (int p = first; p < Math.min(first + pixelsPerTask, grid.size()); p++) {
                pixels.form(p);
            }
            pool.giveBack(pixels);
        });
        double frequencyHz = data.demodulationFrequencyHz() * (method instanceof DelayMultiplyAndSum ? 2 : 1);
        IqEnsemble.Timing timing = new IqEnsemble.Timing(
                format.sequence().frameRateHz(), frequencyHz, format.sequence().soundSpeedMPerS());
        return IqEnsemble.ofPanels(
                grid,
                timing,
                image,
                NotFinite.report(image, Provenance.none().with("adaptive beamforming", parameters())));
    }

    @Override
    public MemoryEstimate memory() {
        return new MemoryEstimate(
                0,
                AdaptivePixels.bytes(format.channels(), FramePanels.FULL_WIDTH, method),
                2L * Float.BYTES * grid.size());
    }

    private Map<String, String> parameters() {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("method", method.text());
        p.put("compounding", compounding.name().toLowerCase(Locale.ROOT));
        p.put("probe", format.probe().name());
        p.put("transmits", Integer.toString(format.transmits()));
        p.put("fNumber", options.fNumber().toString());
        p.put("window", options.window().name());
        p.put("soundSpeedMPerS", Double.toString(geometry.soundSpeedMPerS()));
        return p;
    }
}
