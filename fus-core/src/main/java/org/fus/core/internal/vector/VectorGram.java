package org.fus.core.internal.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.GramKernel;
import org.fus.core.internal.layout.FramePanels;

/** Gram matrix in register tiles of four rows by one vector of columns: eight accumulators per pass over a chunk. */
final class VectorGram implements GramKernel {
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = D.length();

    @Override
    public void accumulate(
            FramePanels x,
            int firstPixel,
            int lastPixel,
            int firstRow,
            int lastRow,
            double[] re,
            double[] im,
            double[] scratch) {
        int n = GramKernel.padded(x.frames());
        for (int p0 = firstPixel; p0 < lastPixel; p0 += CHUNK) {
            int p1 = Math.min(p0 + CHUNK, lastPixel);
            GramKernel.widen(x, p0, p1, scratch);
            for (int i = firstRow; i < lastRow; i += 4) {
                // 8 is a multiple of every lane count, and rows are multiples of 8 long
                for (int j = firstRow & -8; j < n; j += LANES) {
                    tile(scratch, (p1 - p0) * 2 * n, n, i, j, re, im);
                }
            }
        }
    }

    private static void tile(double[] x, int length, int n, int i, int j, double[] re, double[] im) {
        int o0 = i * n + j;
        int o1 = o0 + n;
        int o2 = o1 + n;
        int o3 = o2 + n;
        DoubleVector re0 = DoubleVector.fromArray(D, re, o0);
        DoubleVector re1 = DoubleVector.fromArray(D, re, o1);
        DoubleVector re2 = DoubleVector.fromArray(D, re, o2);
        DoubleVector re3 = DoubleVector.fromArray(D, re, o3);
        DoubleVector im0 = DoubleVector.fromArray(D, im, o0);
        DoubleVector im1 = DoubleVector.fromArray(D, im, o1);
        DoubleVector im2 = DoubleVector.fromArray(D, im, o2);
        DoubleVector im3 = DoubleVector.fromArray(D, im, o3);
        for (int o = 0; o < length; o += 2 * n) {
            DoubleVector c = DoubleVector.fromArray(D, x, o + j);
            DoubleVector d = DoubleVector.fromArray(D, x, o + n + j);
            DoubleVector minus = d.neg();
            DoubleVector a = DoubleVector.broadcast(D, x[o + i]);
            DoubleVector b = DoubleVector.broadcast(D, x[o + n + i]);
            re0 = b.fma(d, a.fma(c, re0));
            im0 = a.fma(minus, b.fma(c, im0));
            a = DoubleVector.broadcast(D, x[o + i + 1]);
            b = DoubleVector.broadcast(D, x[o + n + i + 1]);
            re1 = b.fma(d, a.fma(c, re1));
            im1 = a.fma(minus, b.fma(c, im1));
            a = DoubleVector.broadcast(D, x[o + i + 2]);
            b = DoubleVector.broadcast(D, x[o + n + i + 2]);
            re2 = b.fma(d, a.fma(c, re2));
            im2 = a.fma(minus, b.fma(c, im2));
            a = DoubleVector.broadcast(D, x[o + i + 3]);
            b = DoubleVector.broadcast(D, x[o + n + i + 3]);
            re3 = b.fma(d, a.fma(c, re3));
            im3 = a.fma(minus, b.fma(c, im3));
        }
        re0.intoArray(re, o0);
        re1.intoArray(re, o1);
        re2.intoArray(re, o2);
        re3.intoArray(re, o3);
        im0.intoArray(im, o0);
        im1.intoArray(im, o1);
        im2.intoArray(im, o2);
        im3.intoArray(im, o3);
    }
}
