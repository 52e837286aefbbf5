package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.kernel.TemporalBasis;
import org.fus.core.internal.layout.FramePanels;

/**
 * Two small matrix products per tile of four pixels: first a vector of components at a time over all frames, then a vector
 * of frames at a time over all components.
 */
final class VectorProjection implements ProjectionKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    @Override
    public void subtract(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, FramePanels y, float[] scratch) {
        if (x.width() % LANES != 0 || lastPixel - firstPixel < TILE) {
            ScalarKernels.INSTANCE.projection().subtract(x, firstPixel, lastPixel, basis, y, scratch);
            return;
        }
        for (int p = firstPixel; p < lastPixel; p += TILE) {
            // the last tile starts early enough to be whole; it computes some pixels again
            int tile = Math.min(p, lastPixel - TILE);
            analyse(x, tile, basis, scratch);
            synthesise(x, tile, basis, scratch, y);
        }
    }

    private static void analyse(FramePanels x, int pixel, TemporalBasis basis, float[] c) {
        int row = basis.componentsPadded();
        for (int k = 0; k < row; k += LANES) {
            for (int v = 0; v < 2 * TILE * row; v += row) {
                FloatVector.zero(F).intoArray(c, v + k);
            }
            for (int panel = 0; panel < x.count(); panel++) {
                int from = 2 * panel * x.width() * row + k;
                addFrames(
                        x.panel(panel),
                        x.offset(pixel),
                        x.width(),
                        x.framesIn(panel),
                        basis.analysis(),
                        from,
                        row,
                        c,
                        k);
            }
        }
    }

    /** Adds the frames of one panel to one vector of coefficients of each of four pixels. */
    private static void addFrames(
            float[] x, int at, int width, int frames, float[] basis, int from, int row, float[] c, int k) {
        int o = k;
        FloatVector re0 = FloatVector.fromArray(F, c, o);
        FloatVector im0 = FloatVector.fromArray(F, c, o + row);
        FloatVector re1 = FloatVector.fromArray(F, c, o + 2 * row);
        FloatVector im1 = FloatVector.fromArray(F, c, o + 3 * row);
        FloatVector re2 = FloatVector.fromArray(F, c, o + 4 * row);
        FloatVector im2 = FloatVector.fromArray(F, c, o + 5 * row);
        FloatVector re3 = FloatVector.fromArray(F, c, o + 6 * row);
        FloatVector im3 = FloatVector.fromArray(F, c, o + 7 * row);
        for (int t = 0; t < frames; t++) {
            FloatVector vRe = FloatVector.fromArray(F, basis, from + 2 * t * row);
            FloatVector vIm = FloatVector.fromArray(F, basis, from + (2 * t + 1) * row);
            FloatVector minus = vIm.neg();
            int p = at + t;
            FloatVector a = FloatVector.broadcast(F, x[p]);
            FloatVector b = FloatVector.broadcast(F, x[p + width]);
            re0 = b.fma(minus, a.fma(vRe, re0));
            im0 = b.fma(vRe, a.fma(vIm, im0));
            a = FloatVector.broadcast(F, x[p + 2 * width]);
            b = FloatVector.broadcast(F, x[p + 3 * width]);
            re1 = b.fma(minus, a.fma(vRe, re1));
            im1 = b.fma(vRe, a.fma(vIm, im1));
            a = FloatVector.broadcast(F, x[p + 4 * width]);
            b = FloatVector.broadcast(F, x[p + 5 * width]);
            re2 = b.fma(minus, a.fma(vRe, re2));
            im2 = b.fma(vRe, a.fma(vIm, im2));
            a = FloatVector.broadcast(F, x[p + 6 * width]);
            b = FloatVector.broadcast(F, x[p + 7 * width]);
            re3 = b.fma(minus, a.fma(vRe, re3));
            im3 = b.fma(vRe, a.fma(vIm, im3));
        }
        re0.intoArray(c, o);
        im0.intoArray(c, o + row);
        re1.intoArray(c, o + 2 * row);
        im1.intoArray(c, o + 3 * row);
        re2.intoArray(c, o + 4 * row);
        im2.intoArray(c, o + 5 * row);
        re3.intoArray(c, o + 6 * row);
        im3.intoArray(c, o + 7 * row);
    }

    private static void synthesise(FramePanels x, int pixel, TemporalBasis basis, float[] c, FramePanels y) {
        int width = x.width();
        for (int panel = 0; panel < x.count(); panel++) {
            for (int t = 0; t < width; t += LANES) {
                subtractComponents(
                        x.panel(panel),
                        y.panel(panel),
                        x.offset(pixel) + t,
                        width,
                        basis.synthesis(),
                        panel * width + t,
                        basis.framesPadded(),
                        basis.components(),
                        c,
                        basis.componentsPadded());
            }
        }
    }

    /** Subtracts all components from one vector of frames of each of four pixels. */
    private static void subtractComponents(
            float[] x,
            float[] y,
            int at,
            int width,
            float[] basis,
            int from,
            int row,
            int components,
            float[] c,
            int cRow) {
        FloatVector re0 = FloatVector.fromArray(F, x, at);
        FloatVector im0 = FloatVector.fromArray(F, x, at + width);
        FloatVector re1 = FloatVector.fromArray(F, x, at + 2 * width);
        FloatVector im1 = FloatVector.fromArray(F, x, at + 3 * width);
        FloatVector re2 = FloatVector.fromArray(F, x, at + 4 * width);
        FloatVector im2 = FloatVector.fromArray(F, x, at + 5 * width);
        FloatVector re3 = FloatVector.fromArray(F, x, at + 6 * width);
        FloatVector im3 = FloatVector.fromArray(F, x, at + 7 * width);
        for (int k = 0; k < components; k++) {
            FloatVector vIm = FloatVector.fromArray(F, basis, from + (2 * k + 1) * row);
            FloatVector minusRe =
                    FloatVector.fromArray(F, basis, from + 2 * k * row).neg();
            FloatVector minusIm = vIm.neg();
            FloatVector a = FloatVector.broadcast(F, c[k]);
            FloatVector b = FloatVector.broadcast(F, c[cRow + k]);
            re0 = b.fma(vIm, a.fma(minusRe, re0));
            im0 = b.fma(minusRe, a.fma(minusIm, im0));
            a = FloatVector.broadcast(F, c[2 * cRow + k]);
            b = FloatVector.broadcast(F, c[3 * cRow + k]);
            re1 = b.fma(vIm, a.fma(minusRe, re1));
            im1 = b.fma(minusRe, a.fma(minusIm, im1));
            a = FloatVector.broadcast(F, c[4 * cRow + k]);
            b = FloatVector.broadcast(F, c[5 * cRow + k]);
            re2 = b.fma(vIm, a.fma(minusRe, re2));
            im2 = b.fma(minusRe, a.fma(minusIm, im2));
            a = FloatVector.broadcast(F, c[6 * cRow + k]);
            b = FloatVector.broadcast(F, c[7 * cRow + k]);
            re3 = b.fma(vIm, a.fma(minusRe, re3));
            im3 = b.fma(minusRe, a.fma(minusIm, im3));
        }
        re0.intoArray(y, at);
        im0.intoArray(y, at + width);
        re1.intoArray(y, at + 2 * width);
        im1.intoArray(y, at + 3 * width);
        re2.intoArray(y, at + 4 * width);
        im2.intoArray(y, at + 5 * width);
        re3.intoArray(y, at + 6 * width);
        im3.intoArray(y, at + 7 * width);
    }
}
