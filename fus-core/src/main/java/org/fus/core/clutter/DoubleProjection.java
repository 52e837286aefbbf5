package org.fus.core.clutter;

import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.linalg.HermitianEigen;
import org.fus.core.run.RunContext;

/** Removal of temporal vectors in double, rounded once at the end: the reference of the faster kernels. */
final class DoubleProjection {
    private DoubleProjection() {}

    static void subtract(FramePanels x, HermitianEigen eigen, Selection selection, FramePanels y, RunContext context) {
        int frames = x.frames();
        int above = selection.low();
        int below = frames - selection.high();
        double[][] re = new double[Math.max(above, below)][frames];
        double[][] im = new double[Math.max(above, below)][frames];
        double[][] allRe = new double[above + below][];
        double[][] allIm = new double[above + below][];
        eigen.vectors(0, above, re, im);
        for (int k = 0; k < above; k++) {
            allRe[k] = re[k].clone();
            allIm[k] = im[k].clone();
        }
        eigen.vectors(selection.high(), frames, re, im);
        System.arraycopy(re, 0, allRe, above, below);
        System.arraycopy(im, 0, allIm, above, below);
        subtract(x, allRe, allIm, y, context);
    }

    /** {@code y = x - V V^H x}, vectors as {@code [component][frame]}. */
    static void subtract(FramePanels x, double[][] vRe, double[][] vIm, FramePanels y, RunContext context) {
        int frames = x.frames();
        PixelRanges.forEach("filter", x.cells(), context, (task, from, to) -> {
            double[] re = new double[frames];
            double[] im = new double[frames];
            for (int p = from; p < to; p++) {
                for (int t = 0; t < frames; t++) {
                    re[t] = x.re(t, p);
                    im[t] = x.im(t, p);
                }
                remainder(vRe, vIm, re, im);
                for (int t = 0; t < frames; t++) {
                    y.set(t, p, (float) re[t], (float) im[t]);
                }
            }
        });
    }

    /** Removes orthonormal vectors from one time course, in place, one by one. */
    static void remainder(double[][] vRe, double[][] vIm, double[] re, double[] im) {
        for (int k = 0; k < vRe.length; k++) {
            double cRe = 0;
            double cIm = 0;
            for (int t = 0; t < re.length; t++) {
                cRe += vRe[k][t] * re[t] + vIm[k][t] * im[t];
                cIm += vRe[k][t] * im[t] - vIm[k][t] * re[t];
            }
            for (int t = 0; t < re.length; t++) {
                re[t] -= cRe * vRe[k][t] - cIm * vIm[k][t];
                im[t] -= cRe * vIm[k][t] + cIm * vRe[k][t];
            }
        }
    }
}
