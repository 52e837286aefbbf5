package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.FirKernel;
import org.fus.core.internal.kernel.FirTaps;
import org.fus.core.internal.kernel.ScalarKernels;

/**
 * The FIR kernel over two vectors of frames and four output samples at a time, first the real parts, then the imaginary
 * ones. Eight sums are in flight, and the rows that four neighbouring outputs need stay in registers: one phase of taps
 * later, each output needs the row that the next one had, so that a tap loads one new row for all four.
 */
final class VectorFir implements FirKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    private static final int OUTPUTS = 4;

    @Override
    public void filter(float[] rows, FirTaps taps, int count, float[] panel, int at, int width) {
        if (width % (2 * LANES) != 0 || count < OUTPUTS) {
            ScalarKernels.INSTANCE.fir().filter(rows, taps, count, panel, at, width);
            return;
        }
        int step = taps.step() * width;
        for (int m = 0; m < count; m += OUTPUTS) {
            // the last group begins early enough to be whole; it writes some outputs again, with the same bits
            int k = Math.min(m, count - OUTPUTS);
            int o = at + 2 * width * k;
            for (int g = 0; g < width; g += 2 * LANES) {
                four(rows, k * step + g, step, width, taps.re(), panel, o + g);
                four(rows, k * step + g, step, width, taps.im(), panel, o + width + g);
            }
        }
    }

    private static void four(float[] rows, int first, int step, int width, FirTaps.Part part, float[] panel, int at) {
        int[] firstRow = part.firstRow();
        int[] ends = part.end();
        float[] tap = part.tap();
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector u0 = s0;
        FloatVector u1 = s0;
        FloatVector u2 = s0;
        FloatVector u3 = s0;
        int i = 0;
        for (int run = 0; run < ends.length; run++) {
            int end = ends[run];
            int o = first + firstRow[run] * width;
            if (i + OUTPUTS <= end) {
                FloatVector a0 = FloatVector.fromArray(F, rows, o);
                FloatVector b0 = FloatVector.fromArray(F, rows, o + LANES);
                o += step;
                FloatVector a1 = FloatVector.fromArray(F, rows, o);
                FloatVector b1 = FloatVector.fromArray(F, rows, o + LANES);
                o += step;
                FloatVector a2 = FloatVector.fromArray(F, rows, o);
                FloatVector b2 = FloatVector.fromArray(F, rows, o + LANES);
                for (; i + OUTPUTS <= end; i += OUTPUTS) {
                    FloatVector t = FloatVector.broadcast(F, tap[i]);
                    o += step;
                    FloatVector a3 = FloatVector.fromArray(F, rows, o);
                    FloatVector b3 = FloatVector.fromArray(F, rows, o + LANES);
                    s0 = a0.fma(t, s0);
                    s1 = a1.fma(t, s1);
                    s2 = a2.fma(t, s2);
                    s3 = a3.fma(t, s3);
                    u0 = b0.fma(t, u0);
                    u1 = b1.fma(t, u1);
                    u2 = b2.fma(t, u2);
                    u3 = b3.fma(t, u3);

                    t = FloatVector.broadcast(F, tap[i + 1]);
                    o += step;
                    a0 = FloatVector.fromArray(F, rows, o);
                    b0 = FloatVector.fromArray(F, rows, o + LANES);
                    s0 = a1.fma(t, s0);
                    s1 = a2.fma(t, s1);
                    s2 = a3.fma(t, s2);
                    s3 = a0.fma(t, s3);
                    u0 = b1.fma(t, u0);
                    u1 = b2.fma(t, u1);
                    u2 = b3.fma(t, u2);
                    u3 = b0.fma(t, u3);

                    t = FloatVector.broadcast(F, tap[i + 2]);
                    o += step;
                    a1 = FloatVector.fromArray(F, rows, o);
                    b1 = FloatVector.fromArray(F, rows, o + LANES);
                    s0 = a2.fma(t, s0);
                    s1 = a3.fma(t, s1);
                    s2 = a0.fma(t, s2);
                    s3 = a1.fma(t, s3);
                    u0 = b2.fma(t, u0);
                    u1 = b3.fma(t, u1);
                    u2 = b0.fma(t, u2);
                    u3 = b1.fma(t, u3);

                    t = FloatVector.broadcast(F, tap[i + 3]);
                    o += step;
                    a2 = FloatVector.fromArray(F, rows, o);
                    b2 = FloatVector.fromArray(F, rows, o + LANES);
                    s0 = a3.fma(t, s0);
                    s1 = a0.fma(t, s1);
                    s2 = a1.fma(t, s2);
                    s3 = a2.fma(t, s3);
                    u0 = b3.fma(t, u0);
                    u1 = b0.fma(t, u1);
                    u2 = b1.fma(t, u2);
                    u3 = b2.fma(t, u3);
                }
                o -= 2 * step;
            }
            for (; i < end; i++) {
                FloatVector t = FloatVector.broadcast(F, tap[i]);
                s0 = FloatVector.fromArray(F, rows, o).fma(t, s0);
                u0 = FloatVector.fromArray(F, rows, o + LANES).fma(t, u0);
                o += step;
                int next = o;
                s1 = FloatVector.fromArray(F, rows, next).fma(t, s1);
                u1 = FloatVector.fromArray(F, rows, next + LANES).fma(t, u1);
                next += step;
                s2 = FloatVector.fromArray(F, rows, next).fma(t, s2);
                u2 = FloatVector.fromArray(F, rows, next + LANES).fma(t, u2);
                next += step;
                s3 = FloatVector.fromArray(F, rows, next).fma(t, s3);
                u3 = FloatVector.fromArray(F, rows, next + LANES).fma(t, u3);
            }
        }
        int cell = 2 * width;
        s0.intoArray(panel, at);
        u0.intoArray(panel, at + LANES);
        s1.intoArray(panel, at + cell);
        u1.intoArray(panel, at + cell + LANES);
        s2.intoArray(panel, at + 2 * cell);
        u2.intoArray(panel, at + 2 * cell + LANES);
        s3.intoArray(panel, at + 3 * cell);
        u3.intoArray(panel, at + 3 * cell + LANES);
    }

    @Override
    public void turn(float[] panel, int at, int width, float[] turnRe, float[] turnIm) {
        if (width % LANES != 0) {
            ScalarKernels.INSTANCE.fir().turn(panel, at, width, turnRe, turnIm);
            return;
        }
        for (int m = 0; m < turnRe.length; m++) {
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
