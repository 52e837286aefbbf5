package org.fus.core.beamforming;

import java.util.Arrays;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.internal.kernel.CellKernel;
import org.fus.core.internal.layout.FramePanels;

/** Forms pixels by a {@link PixelMethod} for the frames of one panel. Work space of one task. */
final class AdaptivePixels {
    private final DasGeometry geometry;
    private final ImageGrid grid;
    private final PixelMethod method;
    private final Compounding compounding;
    private final CellKernel cells;
    private final int width;
    private final PixelDelays delays;
    private final PixelSamples samples;
    private final Capon.Work caponWork;
    private final float[] interpolated;
    private final float[] aligned;
    private final double[] value = new double[2];

    private float[] channels;
    private float[] image;
    private int frames;

    AdaptivePixels(
            DasGeometry geometry,
            ImageGrid grid,
            PixelMethod method,
            Compounding compounding,
            CellKernel cells,
            int width) {
        int elements = geometry.format().channels();
        this.geometry = geometry;
        this.grid = grid;
        this.method = method;
        this.compounding = compounding;
        this.cells = cells;
        this.width = width;
        this.delays = new PixelDelays(geometry, elements);
        this.samples = new PixelSamples(elements);
        this.caponWork = method instanceof Capon ? new Capon.Work(elements) : null;
        this.interpolated = new float[FramePanels.BASE + 2 * width * elements];
        this.aligned = new float[interpolated.length];
    }

    static long bytes(int elements, int width, PixelMethod method) {
        long lanes = 2L * 2 * Float.BYTES * width * elements;
        long capon = method instanceof Capon ? Capon.Work.bytes(elements) : 0;
        return lanes + PixelDelays.bytes(elements) + 3L * Double.BYTES * elements + capon;
    }

    int width() {
        return width;
    }

    /** Turns to a panel, as wide as this work space. */
    void moveTo(FramePanels channels, FramePanels image, int panel) {
        this.channels = channels.panel(panel);
        this.image = image.panel(panel);
        this.frames = image.framesIn(panel);
    }

    /** Forms a pixel for all frames of the panel. */
    void form(int p) {
        Vector3 point = grid.pointM(p);
        int out = FramePanels.BASE + 2 * width * p;
        int group = -1;
        Arrays.fill(aligned, 0);
        for (int t = 0; t < geometry.format().transmits(); t++) {
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
