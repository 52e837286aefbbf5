package org.fus.core.internal.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.fus.core.internal.kernel.FftKernel;
import org.fus.core.internal.kernel.FftScratch;
import org.fus.core.internal.kernel.FftTables;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.layout.FramePanels;

/** Transforms of a whole panel, level by level; within a level one vector of lanes after the other. */
final class VectorFft implements FftKernel {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    @Override
    public void transform(
            FftTables tables, boolean inverse, float[] data, int at, int width, int stride, FftScratch scratch) {
        if (width % LANES != 0) {
            ScalarKernels.INSTANCE.fft().transform(tables, inverse, data, at, width, stride, scratch);
            return;
        }
        // The inverse is the forward transform with real and imaginary parts exchanged.
        int im = inverse ? -width : width;
        int first = inverse ? at + width : at;
        int step = 2 * width * stride;
        float[] work = scratch.lanes();
        int cell = 2 * width;
        List<FftTables.Level> levels = tables.levels();
        for (int l = 0; l < levels.size(); l++) {
            FftTables.Level level = levels.get(l);
            boolean leaf = l == 0;
            boolean last = l == levels.size() - 1;
            float[] from = leaf ? data : work;
            float[] to = last ? data : work;
            int done = level.done();
            int blocks = tables.length() / (done * level.size());
            for (int b = 0; b < blocks; b++) {
                int place = (leaf ? tables.leafPlace()[b] : b) * done * level.size();
                for (int k = 0; k < done; k++) {
                    int fromAt = leaf ? first + step * b : FramePanels.BASE + cell * (place + k);
                    int toAt = last ? first + step * (place + k) : FramePanels.BASE + cell * (place + k);
                    join(
                            level,
                            k,
                            width,
                            from,
                            fromAt,
                            leaf ? im : width,
                            leaf ? step * blocks : cell * done,
                            to,
                            toAt,
                            last ? im : width,
                            (last ? step : cell) * done,
                            work,
                            FramePanels.BASE + cell * tables.length());
                }
            }
        }
    }

    /** Value {@code k} of every part, and so {@code level.size()} values of the whole, for all lanes. */
    private static void join(
            FftTables.Level level,
            int k,
            int width,
            float[] x,
            int xAt,
            int xIm,
            int xStride,
            float[] y,
            int yAt,
            int yIm,
            int yStride,
            float[] work,
            int between) {
        int a = level.first();
        int b = level.second();
        float[] wa = level.firstRoots();
        float[] wb = level.secondRoots();
        int ka = 2 * (a - 1) * k;
        int kb = 2 * (b - 1) * k;
        int cell = 2 * LANES;
        for (int g = 0; g < width; g += LANES) {
            int o = xAt + g;
            int p = yAt + g;
            if (b == 1) {
                FftPasses.pass(a, x, o, xIm, xStride, 0, y, p, yIm, yStride, 0, wa, ka, 0, 1);
                continue;
            }
            if (a == 4 && level.done() == 1) {
                FftPasses.leafFour(x, o, xIm, xStride * b, xStride, work, between, LANES, cell, cell * a, b);
            } else {
                FftPasses.pass(a, x, o, xIm, xStride * b, xStride, work, between, LANES, cell, cell * a, wa, ka, 0, b);
            }
            FftPasses.pass(
                    b,
                    work,
                    between,
                    LANES,
                    cell * a,
                    cell,
                    y,
                    p,
                    yIm,
                    yStride * a,
                    yStride,
                    wb,
                    kb,
                    2 * (b - 1) * level.done(),
                    a);
        }
    }
}
