package org.fus.core.beamforming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.internal.kernel.CellKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/**
 * Beamforming by a {@link PixelMethod}: for every pixel the samples of the active elements are aligned as in
 * {@link DelayAndSum}, in float32, and become one value by the method, in double. Delays are computed where they are
 * needed, so a plan holds no tables and memory does not grow with the grid.
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
        IqData data = PlanMatch.require(channelData, format);
        FramePanels channels = data.panels();
        FramePanels image = FramePanels.allocate(data.frames(), grid.size());
        int pixelsPerTask = method instanceof Capon ? 1 : PIXELS_PER_TASK;
        int tasksPerPanel = (grid.size() + pixelsPerTask - 1) / pixelsPerTask;
        context.forEach("beamform", Math.multiplyExact(tasksPerPanel, image.count()), task -> {
            int first = task % tasksPerPanel * pixelsPerTask;
            Run run = new Run(channels, image, task / tasksPerPanel);
            for (int p = first; p < Math.min(first + pixelsPerTask, grid.size()); p++) {
                run.pixel(p);
            }
        });
        double frequencyHz = data.demodulationFrequencyHz() * (method instanceof DelayMultiplyAndSum ? 2 : 1);
        IqEnsemble.Timing timing = new IqEnsemble.Timing(
                format.sequence().frameRateHz(), frequencyHz, format.sequence().soundSpeedMPerS());
        return IqEnsemble.ofPanels(grid, timing, image, Provenance.none().with("adaptive beamforming", parameters()));
    }

    @Override
    public MemoryEstimate memory() {
        int elements = format.channels();
        long lanes = 2L * 2 * Float.BYTES * FramePanels.FULL_WIDTH * elements;
        long capon = method instanceof Capon ? Capon.Work.bytes(elements) : 0;
        return new MemoryEstimate(
                0,
                lanes + PixelDelays.bytes(elements) + 3L * Double.BYTES * elements + capon,
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

    /** The pixels of one task for the frames of one panel. */
    private final class Run {
        private final float[] channels;
        private final float[] image;
        private final int width;
        private final int frames;
        private final PixelDelays delays = new PixelDelays(geometry, format.channels());
        private final PixelSamples samples = new PixelSamples(format.channels());
        private final Capon.Work caponWork = method instanceof Capon ? new Capon.Work(format.channels()) : null;
        private final float[] interpolated;
        private final float[] aligned;
        private final double[] value = new double[2];

        Run(FramePanels channels, FramePanels image, int panel) {
            this.channels = channels.panel(panel);
            this.image = image.panel(panel);
            this.width = image.width();
            this.frames = image.framesIn(panel);
            this.interpolated = new float[FramePanels.BASE + 2 * width * format.channels()];
            this.aligned = new float[interpolated.length];
        }

        void pixel(int p) {
            Vector3 point = grid.pointM(p);
            int out = FramePanels.BASE + 2 * width * p;
            int group = -1;
            Arrays.fill(aligned, 0);
            for (int t = 0; t < format.transmits(); t++) {
                if (geometry.groupOf(t) != group) {
                    group = geometry.groupOf(t);
                    delays.receive(point, group);
                }
                if (geometry.reaches(t, point)) {
                    align(point, t);
                }
                if (compounding != Compounding.COHERENT) {
                    combine(out);
                    Arrays.fill(aligned, 0);
                }
            }
            if (compounding == Compounding.COHERENT) {
                combine(out);
            }
        }

        /** Adds the samples of a transmit, interpolated and turned by their delays. */
        private void align(Vector3 point, int transmit) {
            delays.transmit(point, transmit);
            int n = delays.active;
            int at = FramePanels.BASE;
            cells.interpolate(channels, at, width, delays.cell, delays.before, delays.after, n, interpolated, at);
            cells.multiplyAdd(interpolated, at, width, delays.re, delays.im, 0, n, aligned, at);
        }

        /** Adds the value of each frame to the image. */
        private void combine(int out) {
            samples.count = delays.active;
            System.arraycopy(delays.weight, 0, samples.weight, 0, delays.active);
            for (int f = 0; f < frames; f++) {
                int o = FramePanels.BASE + f;
                for (int e = 0; e < delays.active; e++, o += 2 * width) {
                    samples.re[e] = aligned[o];
                    samples.im[e] = aligned[o + width];
                }
                evaluate();
                if (compounding == Compounding.INCOHERENT) {
                    image[out + f] += (float) Math.hypot(value[0], value[1]);
                } else {
                    image[out + f] += (float) value[0];
                    image[out + width + f] += (float) value[1];
                }
            }
        }

        private void evaluate() {
            switch (method) {
                case PlainSum _ -> PlainSum.sum(samples, value);
                case CoherenceFactor _ -> weighted(CoherenceFactor.factor(samples));
                case GeneralizedCoherenceFactor m -> weighted(m.factor(samples));
                case PhaseCoherenceFactor m -> weighted(m.factor(samples));
                case ShortLagSpatialCoherence m -> {
                    value[0] = m.coherence(samples);
                    value[1] = 0;
                }
                case DelayMultiplyAndSum m -> m.combine(samples, value);
                case Capon m -> m.combine(samples, caponWork, value);
            }
        }

        private void weighted(double factor) {
            PlainSum.sum(samples, value);
            value[0] *= factor;
            value[1] *= factor;
        }
    }
}
