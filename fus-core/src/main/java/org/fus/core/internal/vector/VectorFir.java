package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.FirKernel;
import org.fus.core.internal.kernel.FirTaps;
import org.fus.core.internal.kernel.ScalarKernels;

/**
 * The FIR kernel over a vector of frames and four output samples at a time, so that four sums are in flight: first
 * the real parts, then the imaginary ones, because eight sums and their rotation are more than the compiler keeps off the
 * heap. The last group repeats the last output sample where fewer than four are left: it is written more than once, with
 * the same bits.
 */
final class VectorFir implements FirKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    @Override
    public void filter(
            float[] rows,
            int step,
            FirTaps taps,
            float[] turnRe,
            float[] turnIm,
            int count,
            float[] panel,
            int at,
            int width) {
        if (width % LANES != 0) {
            ScalarKernels.INSTANCE.fir().filter(rows, step, taps, turnRe, turnIm, count, panel, at, width);
            return;
        }
        for (int m = 0; m < count; m += 4) {
            for (int g = 0; g < width; g += LANES) {
                four(rows, step, taps.rowRe(), taps.tapRe(), m, count - 1, panel, at + g, g, width);
                four(rows, step, taps.rowIm(), taps.tapIm(), m, count - 1, panel, at + width + g, g, width);
            }
            turn(panel, at, width, turnRe, turnIm, m, Math.min(m + 4, count));
        }
    }

    private static void four(
            float[] rows,
            int step,
            int[] row,
            float[] tap,
            int m0,
            int last,
            float[] panel,
            int at,
            int group,
            int width) {
        int m1 = Math.min(m0 + 1, last);
        int m2 = Math.min(m0 + 2, last);
        int m3 = Math.min(m0 + 3, last);
        int o0 = m0 * step * width + group;
        int o1 = m1 * step * width + group;
        int o2 = m2 * step * width + group;
        int o3 = m3 * step * width + group;
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int i = 0; i < row.length; i++) {
            FloatVector t = FloatVector.broadcast(F, tap[i]);
            int r = row[i] * width;
            s0 = FloatVector.fromArray(F, rows, o0 + r).fma(t, s0);
            s1 = FloatVector.fromArray(F, rows, o1 + r).fma(t, s1);
            s2 = FloatVector.fromArray(F, rows, o2 + r).fma(t, s2);
            s3 = FloatVector.fromArray(F, rows, o3 + r).fma(t, s3);
        }
        s0.intoArray(panel, at + 2 * width * m0);
        s1.intoArray(panel, at + 2 * width * m1);
        s2.intoArray(panel, at + 2 * width * m2);
        s3.intoArray(panel, at + 2 * width * m3);
    }

    private static void turn(float[] panel, int at, int width, float[] turnRe, float[] turnIm, int from, int to) {
        for (int m = from; m < to; m++) {
            FloatVector c = FloatVector.broadcast(F, turnRe[m]);
            FloatVector s = FloatVector.broadcast(F, turnIm[m]);
            for (int o = at + 2 * width * m; o < at + 2 * width * m + width; o += LANES) {
                FloatVector re = FloatVector.fromArray(F, panel, o);
                FloatVector im = FloatVector.fromArray(F, panel, o + width);
                re.mul(c).sub(im.mul(s)).intoArray(panel, o);
                im.mul(c).add(re.mul(s)).intoArray(panel, o + width);
            }
        }
    }
}
