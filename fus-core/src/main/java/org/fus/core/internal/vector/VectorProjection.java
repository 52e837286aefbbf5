package org.fus.core.internal.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.kernel.TemporalBasis;
import org.fus.core.internal.layout.FramePanels;

/**
 * Small complex matrix products for eight pixels and one vector of components, or of frames, at a time: sixteen
 * accumulators, eighteen loads for 32 multiply-adds.
 */
final class VectorProjection implements ProjectionKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    private static final int BLOCK = TemporalBasis.BLOCK;

    @Override
    public void subtract(
            FramePanels x,
            int firstPixel,
            int lastPixel,
            TemporalBasis basis,
            int firstPanel,
            FramePanels y,
            int firstResult,
            float[] scratch) {
        if (isOdd(x, firstPixel, lastPixel)) {
            ScalarKernels.INSTANCE
                    .projection()
                    .subtract(x, firstPixel, lastPixel, basis, firstPanel, y, firstResult, scratch);
            return;
        }
        for (int p = firstPixel; p < lastPixel; p += TILE) {
            // the last tile starts early enough to be whole; it computes some pixels again
            int tile = Math.min(p, lastPixel - TILE);
            analyse(x, tile, basis, scratch);
            int cell = 2 * x.width();
            int from = x.offset(tile);
            int to = y.offset(firstResult + tile - firstPixel);
            for (int panel = firstPanel; panel < x.count(); panel++) {
                float[] target = y.panel(panel - firstPanel);
                for (int t = 0; t < x.framesIn(panel); t += LANES) {
                    copyTile(x.panel(panel), from + t, cell, x.width(), target, to + t, cell, x.width());
                    multiply(
                            scratch,
                            0,
                            2 * basis.componentsPadded(),
                            basis.componentsPadded(),
                            basis.components(),
                            basis.synthesis(),
                            basis.synthesisAt(panel * x.width() + t),
                            target,
                            to + t,
                            cell,
                            x.width());
                }
            }
        }
    }

    @Override
    public void remainderEnergy(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] energy, float[] scratch) {
        if (isOdd(x, firstPixel, lastPixel)) {
            ScalarKernels.INSTANCE.projection().remainderEnergy(x, firstPixel, lastPixel, basis, energy, scratch);
            return;
        }
        int block = 2 * TILE * basis.componentsPadded();
        int sums = block + 2 * TILE * BLOCK;
        for (int p = firstPixel; p < lastPixel; p += TILE) {
            int tile = Math.min(p, lastPixel - TILE);
            analyse(x, tile, basis, scratch);
            Arrays.fill(scratch, sums, sums + TILE * BLOCK, 0);
            for (int panel = 0; panel < x.count(); panel++) {
                int from = x.offset(tile);
                for (int t = 0; t < x.framesIn(panel); t += LANES) {
                    int v = basis.synthesisAt(panel * x.width() + t);
                    copyTile(x.panel(panel), from + t, 2 * x.width(), x.width(), scratch, block, 2 * BLOCK, BLOCK);
                    multiply(
                            scratch,
                            0,
                            2 * basis.componentsPadded(),
                            basis.componentsPadded(),
                            basis.components(),
                            basis.synthesis(),
                            v,
                            scratch,
                            block,
                            2 * BLOCK,
                            BLOCK);
                    addSquares(scratch, block, 2 * BLOCK, BLOCK, sums);
                }
            }
            total(scratch, sums, energy, tile);
        }
    }

    @Override
    public void componentEnergy(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] energy, float[] scratch) {
        if (isOdd(x, firstPixel, lastPixel)) {
            ScalarKernels.INSTANCE.projection().componentEnergy(x, firstPixel, lastPixel, basis, energy, scratch);
            return;
        }
        int row = basis.componentsPadded();
        int sums = 2 * TILE * (row + BLOCK);
        for (int p = firstPixel; p < lastPixel; p += TILE) {
            int tile = Math.min(p, lastPixel - TILE);
            analyse(x, tile, basis, scratch);
            Arrays.fill(scratch, sums, sums + TILE * BLOCK, 0);
            for (int k = 0; k < row; k += LANES) {
                addSquares(scratch, k, 2 * row, row, sums);
            }
            total(scratch, sums, energy, tile);
        }
    }

    @Override
    public void magnitudes(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] magnitudes, float[] scratch) {
        if (isOdd(x, firstPixel, lastPixel)) {
            ScalarKernels.INSTANCE.projection().magnitudes(x, firstPixel, lastPixel, basis, magnitudes, scratch);
            return;
        }
        int row = basis.componentsPadded();
        for (int p = firstPixel; p < lastPixel; p += TILE) {
            int tile = Math.min(p, lastPixel - TILE);
            analyse(x, tile, basis, scratch);
            for (int i = 0; i < TILE; i++) {
                for (int k = 0; k < row; k += LANES) {
                    FloatVector re = FloatVector.fromArray(F, scratch, 2 * i * row + k);
                    FloatVector im = FloatVector.fromArray(F, scratch, (2 * i + 1) * row + k);
                    re.fma(re, im.mul(im)).sqrt().intoArray(magnitudes, (tile - firstPixel + i) * row + k);
                }
            }
        }
    }

    private static boolean isOdd(FramePanels x, int firstPixel, int lastPixel) {
        return x.width() % LANES != 0 || lastPixel - firstPixel < TILE;
    }

    /** Coefficients of eight pixels, {@code [pixel][re x row | im x row]}. */
    private static void analyse(FramePanels x, int pixel, TemporalBasis basis, float[] c) {
        int row = basis.componentsPadded();
        Arrays.fill(c, 0, 2 * TILE * row, 0);
        for (int k = 0; k < row; k += LANES) {
            for (int panel = 0; panel < x.count(); panel++) {
                int v = basis.analysisAt(k) + 2 * BLOCK * panel * x.width();
                multiply(
                        x.panel(panel),
                        x.offset(pixel),
                        2 * x.width(),
                        x.width(),
                        x.framesIn(panel),
                        basis.analysis(),
                        v,
                        c,
                        k,
                        2 * row,
                        row);
            }
        }
    }

    /**
     * {@code y[i] += sum over s < count of a[i][s] v[s]} for eight pixels i and one vector of complex columns.
     *
     * @param a factors, real part of pixel i at {@code at + i * step + s}, imaginary part {@code aIm} further on
     * @param v vectors, one every {@code 2 * BLOCK} values
     * @param y results, real part of pixel i at {@code yAt + i * yStep}, imaginary part {@code yIm} further on
     */
    private static void multiply(
            float[] a,
            int at,
            int step,
            int aIm,
            int count,
            float[] v,
            int vAt,
            float[] y,
            int yAt,
            int yStep,
            int yIm) {
        FloatVector r0 = FloatVector.fromArray(F, y, yAt);
        FloatVector i0 = FloatVector.fromArray(F, y, yAt + yIm);
        FloatVector r1 = FloatVector.fromArray(F, y, yAt + yStep);
        FloatVector i1 = FloatVector.fromArray(F, y, yAt + yStep + yIm);
        FloatVector r2 = FloatVector.fromArray(F, y, yAt + 2 * yStep);
        FloatVector i2 = FloatVector.fromArray(F, y, yAt + 2 * yStep + yIm);
        FloatVector r3 = FloatVector.fromArray(F, y, yAt + 3 * yStep);
        FloatVector i3 = FloatVector.fromArray(F, y, yAt + 3 * yStep + yIm);
        FloatVector r4 = FloatVector.fromArray(F, y, yAt + 4 * yStep);
        FloatVector i4 = FloatVector.fromArray(F, y, yAt + 4 * yStep + yIm);
        FloatVector r5 = FloatVector.fromArray(F, y, yAt + 5 * yStep);
        FloatVector i5 = FloatVector.fromArray(F, y, yAt + 5 * yStep + yIm);
        FloatVector r6 = FloatVector.fromArray(F, y, yAt + 6 * yStep);
        FloatVector i6 = FloatVector.fromArray(F, y, yAt + 6 * yStep + yIm);
        FloatVector r7 = FloatVector.fromArray(F, y, yAt + 7 * yStep);
        FloatVector i7 = FloatVector.fromArray(F, y, yAt + 7 * yStep + yIm);
        int q = vAt;
        for (int s = at; s < at + count; s++) {
            FloatVector c = FloatVector.fromArray(F, v, q);
            FloatVector d = FloatVector.fromArray(F, v, q + BLOCK);
            FloatVector minus = d.neg();
            FloatVector re = FloatVector.broadcast(F, a[s]);
            FloatVector im = FloatVector.broadcast(F, a[s + aIm]);
            r0 = im.fma(minus, re.fma(c, r0));
            i0 = im.fma(c, re.fma(d, i0));
            re = FloatVector.broadcast(F, a[s + step]);
            im = FloatVector.broadcast(F, a[s + step + aIm]);
            r1 = im.fma(minus, re.fma(c, r1));
            i1 = im.fma(c, re.fma(d, i1));
            re = FloatVector.broadcast(F, a[s + 2 * step]);
            im = FloatVector.broadcast(F, a[s + 2 * step + aIm]);
            r2 = im.fma(minus, re.fma(c, r2));
            i2 = im.fma(c, re.fma(d, i2));
            re = FloatVector.broadcast(F, a[s + 3 * step]);
            im = FloatVector.broadcast(F, a[s + 3 * step + aIm]);
            r3 = im.fma(minus, re.fma(c, r3));
            i3 = im.fma(c, re.fma(d, i3));
            re = FloatVector.broadcast(F, a[s + 4 * step]);
            im = FloatVector.broadcast(F, a[s + 4 * step + aIm]);
            r4 = im.fma(minus, re.fma(c, r4));
            i4 = im.fma(c, re.fma(d, i4));
            re = FloatVector.broadcast(F, a[s + 5 * step]);
            im = FloatVector.broadcast(F, a[s + 5 * step + aIm]);
            r5 = im.fma(minus, re.fma(c, r5));
            i5 = im.fma(c, re.fma(d, i5));
            re = FloatVector.broadcast(F, a[s + 6 * step]);
            im = FloatVector.broadcast(F, a[s + 6 * step + aIm]);
            r6 = im.fma(minus, re.fma(c, r6));
            i6 = im.fma(c, re.fma(d, i6));
            re = FloatVector.broadcast(F, a[s + 7 * step]);
            im = FloatVector.broadcast(F, a[s + 7 * step + aIm]);
            r7 = im.fma(minus, re.fma(c, r7));
            i7 = im.fma(c, re.fma(d, i7));
            q += 2 * BLOCK;
        }
        r0.intoArray(y, yAt);
        i0.intoArray(y, yAt + yIm);
        r1.intoArray(y, yAt + yStep);
        i1.intoArray(y, yAt + yStep + yIm);
        r2.intoArray(y, yAt + 2 * yStep);
        i2.intoArray(y, yAt + 2 * yStep + yIm);
        r3.intoArray(y, yAt + 3 * yStep);
        i3.intoArray(y, yAt + 3 * yStep + yIm);
        r4.intoArray(y, yAt + 4 * yStep);
        i4.intoArray(y, yAt + 4 * yStep + yIm);
        r5.intoArray(y, yAt + 5 * yStep);
        i5.intoArray(y, yAt + 5 * yStep + yIm);
        r6.intoArray(y, yAt + 6 * yStep);
        i6.intoArray(y, yAt + 6 * yStep + yIm);
        r7.intoArray(y, yAt + 7 * yStep);
        i7.intoArray(y, yAt + 7 * yStep + yIm);
    }

    private static void copyTile(float[] x, int at, int step, int im, float[] y, int yAt, int yStep, int yIm) {
        for (int i = 0; i < TILE; i++) {
            FloatVector.fromArray(F, x, at + i * step).intoArray(y, yAt + i * yStep);
            FloatVector.fromArray(F, x, at + i * step + im).intoArray(y, yAt + i * yStep + yIm);
        }
    }

    /** Adds squared magnitudes to one vector of sums per pixel. */
    private static void addSquares(float[] x, int at, int step, int im, int sums) {
        for (int i = 0; i < TILE; i++) {
            FloatVector re = FloatVector.fromArray(F, x, at + i * step);
            FloatVector imaginary = FloatVector.fromArray(F, x, at + i * step + im);
            FloatVector sum = FloatVector.fromArray(F, x, sums + i * BLOCK);
            imaginary.fma(imaginary, re.fma(re, sum)).intoArray(x, sums + i * BLOCK);
        }
    }

    /** Lane by lane: a reduction of vectors has no order of its own, and gave other bits once it was compiled. */
    private static void total(float[] x, int sums, float[] energy, int pixel) {
        for (int i = 0; i < TILE; i++) {
            float sum = 0;
            for (int lane = 0; lane < F.length(); lane++) {
                sum += x[sums + i * BLOCK + lane];
            }
            energy[pixel + i] = sum;
        }
    }
}
