package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.FirKernel;
import org.fus.core.internal.kernel.FirTaps;
import org.fus.core.internal.kernel.ScalarKernels;

/**
 * The FIR kernel over a vector of frames and four output samples at a time, so that four sums are in flight. The last
 * group repeats the last output sample where fewer than four are left: it is written more than once, with the same bits.
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
                four(rows, step, taps, turnRe, turnIm, m, count - 1, panel, at + g, g, width);
            }
        }
    }

    private static void four(
            float[] rows,
            int step,
            FirTaps taps,
            float[] turnRe,
            float[] turnIm,
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
        FloatVector re0 = FloatVector.zero(F);
        FloatVector re1 = re0;
        FloatVector re2 = re0;
        FloatVector re3 = re0;
        int[] row = taps.rowRe();
        float[] tap = taps.tapRe();
        for (int i = 0; i < row.length; i++) {
            FloatVector t = FloatVector.broadcast(F, tap[i]);
            int r = row[i] * width;
            re0 = FloatVector.fromArray(F, rows, o0 + r).fma(t, re0);
            re1 = FloatVector.fromArray(F, rows, o1 + r).fma(t, re1);
            re2 = FloatVector.fromArray(F, rows, o2 + r).fma(t, re2);
            re3 = FloatVector.fromArray(F, rows, o3 + r).fma(t, re3);
        }
        FloatVector im0 = FloatVector.zero(F);
        FloatVector im1 = im0;
        FloatVector im2 = im0;
        FloatVector im3 = im0;
        row = taps.rowIm();
        tap = taps.tapIm();
        for (int i = 0; i < row.length; i++) {
            FloatVector t = FloatVector.broadcast(F, tap[i]);
            int r = row[i] * width;
            im0 = FloatVector.fromArray(F, rows, o0 + r).fma(t, im0);
            im1 = FloatVector.fromArray(F, rows, o1 + r).fma(t, im1);
            im2 = FloatVector.fromArray(F, rows, o2 + r).fma(t, im2);
            im3 = FloatVector.fromArray(F, rows, o3 + r).fma(t, im3);
        }
        turn(re0, im0, turnRe[m0], turnIm[m0], panel, at + 2 * width * m0, width);
        turn(re1, im1, turnRe[m1], turnIm[m1], panel, at + 2 * width * m1, width);
        turn(re2, im2, turnRe[m2], turnIm[m2], panel, at + 2 * width * m2, width);
        turn(re3, im3, turnRe[m3], turnIm[m3], panel, at + 2 * width * m3, width);
    }

    private static void turn(FloatVector re, FloatVector im, float c, float s, float[] panel, int at, int width) {
        re.mul(c).sub(im.mul(s)).intoArray(panel, at);
        im.mul(c).add(re.mul(s)).intoArray(panel, at + width);
    }
}
