package org.fus.core.internal.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.GramKernel;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.layout.FramePanels;

/** Register tiles of eight rows by two vectors of columns: sixteen accumulators, ten loads for sixteen multiply-adds. */
final class VectorGram implements GramKernel {
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    /** As many floats as {@link #D} has doubles. */
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

    private static final int LANES = D.length();
    private static final int FLOATS = F.length();

    @Override
    public void pack(FramePanels x, int[] pixels, int from, int to, double[] packed) {
        if (x.width() % STRIP != 0) {
            ScalarKernels.INSTANCE.gram().pack(x, pixels, from, to, packed);
            return;
        }
        int strips = GramKernel.strips(x.frames());
        for (int s = 0; s < strips; s++) {
            float[] panel = x.panel(s * STRIP / x.width());
            int frame = s * STRIP % x.width();
            for (int i = from; i < to; i++) {
                int o = x.offset(pixels[i]) + frame;
                int at = s * STRIP_LENGTH + (i - from) * STRIP;
                packStrip(panel, o, x.width(), packed, at, strips * STRIP_LENGTH);
            }
        }
    }

    private static void packStrip(float[] x, int o, int width, double[] packed, int at, int part) {
        for (int t = 0; t < STRIP; t += LANES) {
            DoubleVector re =
                    (DoubleVector) FloatVector.fromArray(HALF, x, o + t).convertShape(VectorOperators.F2D, D, 0);
            DoubleVector im = (DoubleVector)
                    FloatVector.fromArray(HALF, x, o + width + t).convertShape(VectorOperators.F2D, D, 0);
            re.add(im).intoArray(packed, at + t);
            re.sub(im).intoArray(packed, at + part + t);
            im.intoArray(packed, at + 2 * part + t);
        }
    }

    @Override
    public void pack(FramePanels x, int[] pixels, int from, int to, float[] packed) {
        if (x.width() % STRIP != 0) {
            ScalarKernels.INSTANCE.gram().pack(x, pixels, from, to, packed);
            return;
        }
        int strips = GramKernel.strips(x.frames());
        for (int s = 0; s < strips; s++) {
            float[] panel = x.panel(s * STRIP / x.width());
            int frame = s * STRIP % x.width();
            for (int i = from; i < to; i++) {
                int o = x.offset(pixels[i]) + frame;
                int at = s * STRIP_LENGTH + (i - from) * STRIP;
                packStrip(panel, o, x.width(), packed, at, strips * STRIP_LENGTH);
            }
        }
    }

    private static void packStrip(float[] x, int o, int width, float[] packed, int at, int part) {
        for (int t = 0; t < STRIP; t += FLOATS) {
            FloatVector re = FloatVector.fromArray(F, x, o + t);
            FloatVector im = FloatVector.fromArray(F, x, o + width + t);
            re.add(im).intoArray(packed, at + t);
            re.sub(im).intoArray(packed, at + part + t);
            im.intoArray(packed, at + 2 * part + t);
        }
    }

    @Override
    public void multiply(double[] packed, int a, int b, int strips, int count, double[] c, int at, int row) {
        for (int j = 0; j < strips * STRIP; j += 2 * LANES) {
            tile(packed, a, b + j / STRIP * STRIP_LENGTH + j % STRIP, count, c, at + j, row);
        }
    }

    @Override
    public void multiply(float[] packed, int a, int b, int strips, int count, double[] c, int at, int row) {
        int out = packed.length - TILE;
        if (2 * FLOATS <= STRIP) {
            for (int j = 0; j < strips * STRIP; j += 2 * FLOATS) {
                tile(packed, a, b + j / STRIP * STRIP_LENGTH + j % STRIP, FLOATS, count, out);
                add(packed, out, 2 * FLOATS, c, at + j, row);
            }
        } else {
            for (int s = 0; s < strips; s += 2) {
                int first = b + s * STRIP_LENGTH;
                if (s + 1 < strips) {
                    tile(packed, a, first, STRIP_LENGTH, count, out);
                    add(packed, out, 2 * FLOATS, c, at + s * STRIP, row);
                } else {
                    narrow(packed, a, first, count, out);
                    add(packed, out, FLOATS, c, at + s * STRIP, row);
                }
            }
        }
    }

    private static void tile(double[] x, int a, int b, int count, double[] c, int at, int row) {
        DoubleVector l0 = DoubleVector.fromArray(D, c, at);
        DoubleVector h0 = DoubleVector.fromArray(D, c, at + LANES);
        DoubleVector l1 = DoubleVector.fromArray(D, c, at + row);
        DoubleVector h1 = DoubleVector.fromArray(D, c, at + row + LANES);
        DoubleVector l2 = DoubleVector.fromArray(D, c, at + 2 * row);
        DoubleVector h2 = DoubleVector.fromArray(D, c, at + 2 * row + LANES);
        DoubleVector l3 = DoubleVector.fromArray(D, c, at + 3 * row);
        DoubleVector h3 = DoubleVector.fromArray(D, c, at + 3 * row + LANES);
        DoubleVector l4 = DoubleVector.fromArray(D, c, at + 4 * row);
        DoubleVector h4 = DoubleVector.fromArray(D, c, at + 4 * row + LANES);
        DoubleVector l5 = DoubleVector.fromArray(D, c, at + 5 * row);
        DoubleVector h5 = DoubleVector.fromArray(D, c, at + 5 * row + LANES);
        DoubleVector l6 = DoubleVector.fromArray(D, c, at + 6 * row);
        DoubleVector h6 = DoubleVector.fromArray(D, c, at + 6 * row + LANES);
        DoubleVector l7 = DoubleVector.fromArray(D, c, at + 7 * row);
        DoubleVector h7 = DoubleVector.fromArray(D, c, at + 7 * row + LANES);
        int q = b;
        for (int p = a; p < a + count * STRIP; p += STRIP) {
            DoubleVector u = DoubleVector.fromArray(D, x, q);
            DoubleVector v = DoubleVector.fromArray(D, x, q + LANES);
            DoubleVector w = DoubleVector.broadcast(D, x[p]);
            l0 = w.fma(u, l0);
            h0 = w.fma(v, h0);
            w = DoubleVector.broadcast(D, x[p + 1]);
            l1 = w.fma(u, l1);
            h1 = w.fma(v, h1);
            w = DoubleVector.broadcast(D, x[p + 2]);
            l2 = w.fma(u, l2);
            h2 = w.fma(v, h2);
            w = DoubleVector.broadcast(D, x[p + 3]);
            l3 = w.fma(u, l3);
            h3 = w.fma(v, h3);
            w = DoubleVector.broadcast(D, x[p + 4]);
            l4 = w.fma(u, l4);
            h4 = w.fma(v, h4);
            w = DoubleVector.broadcast(D, x[p + 5]);
            l5 = w.fma(u, l5);
            h5 = w.fma(v, h5);
            w = DoubleVector.broadcast(D, x[p + 6]);
            l6 = w.fma(u, l6);
            h6 = w.fma(v, h6);
            w = DoubleVector.broadcast(D, x[p + 7]);
            l7 = w.fma(u, l7);
            h7 = w.fma(v, h7);
            q += STRIP;
        }
        l0.intoArray(c, at);
        h0.intoArray(c, at + LANES);
        l1.intoArray(c, at + row);
        h1.intoArray(c, at + row + LANES);
        l2.intoArray(c, at + 2 * row);
        h2.intoArray(c, at + 2 * row + LANES);
        l3.intoArray(c, at + 3 * row);
        h3.intoArray(c, at + 3 * row + LANES);
        l4.intoArray(c, at + 4 * row);
        h4.intoArray(c, at + 4 * row + LANES);
        l5.intoArray(c, at + 5 * row);
        h5.intoArray(c, at + 5 * row + LANES);
        l6.intoArray(c, at + 6 * row);
        h6.intoArray(c, at + 6 * row + LANES);
        l7.intoArray(c, at + 7 * row);
        h7.intoArray(c, at + 7 * row + LANES);
    }

    /** Leaves its sums in {@code x} from {@code out} on, {@code [row][two vectors]}. */
    private static void tile(float[] x, int a, int b, int second, int count, int out) {
        FloatVector l0 = FloatVector.zero(F);
        FloatVector h0 = FloatVector.zero(F);
        FloatVector l1 = FloatVector.zero(F);
        FloatVector h1 = FloatVector.zero(F);
        FloatVector l2 = FloatVector.zero(F);
        FloatVector h2 = FloatVector.zero(F);
        FloatVector l3 = FloatVector.zero(F);
        FloatVector h3 = FloatVector.zero(F);
        FloatVector l4 = FloatVector.zero(F);
        FloatVector h4 = FloatVector.zero(F);
        FloatVector l5 = FloatVector.zero(F);
        FloatVector h5 = FloatVector.zero(F);
        FloatVector l6 = FloatVector.zero(F);
        FloatVector h6 = FloatVector.zero(F);
        FloatVector l7 = FloatVector.zero(F);
        FloatVector h7 = FloatVector.zero(F);
        int q = b;
        for (int p = a; p < a + count * STRIP; p += STRIP) {
            FloatVector u = FloatVector.fromArray(F, x, q);
            FloatVector v = FloatVector.fromArray(F, x, q + second);
            FloatVector w = FloatVector.broadcast(F, x[p]);
            l0 = w.fma(u, l0);
            h0 = w.fma(v, h0);
            w = FloatVector.broadcast(F, x[p + 1]);
            l1 = w.fma(u, l1);
            h1 = w.fma(v, h1);
            w = FloatVector.broadcast(F, x[p + 2]);
            l2 = w.fma(u, l2);
            h2 = w.fma(v, h2);
            w = FloatVector.broadcast(F, x[p + 3]);
            l3 = w.fma(u, l3);
            h3 = w.fma(v, h3);
            w = FloatVector.broadcast(F, x[p + 4]);
            l4 = w.fma(u, l4);
            h4 = w.fma(v, h4);
            w = FloatVector.broadcast(F, x[p + 5]);
            l5 = w.fma(u, l5);
            h5 = w.fma(v, h5);
            w = FloatVector.broadcast(F, x[p + 6]);
            l6 = w.fma(u, l6);
            h6 = w.fma(v, h6);
            w = FloatVector.broadcast(F, x[p + 7]);
            l7 = w.fma(u, l7);
            h7 = w.fma(v, h7);
            q += STRIP;
        }
        l0.intoArray(x, out + 0 * FLOATS);
        h0.intoArray(x, out + 1 * FLOATS);
        l1.intoArray(x, out + 2 * FLOATS);
        h1.intoArray(x, out + 3 * FLOATS);
        l2.intoArray(x, out + 4 * FLOATS);
        h2.intoArray(x, out + 5 * FLOATS);
        l3.intoArray(x, out + 6 * FLOATS);
        h3.intoArray(x, out + 7 * FLOATS);
        l4.intoArray(x, out + 8 * FLOATS);
        h4.intoArray(x, out + 9 * FLOATS);
        l5.intoArray(x, out + 10 * FLOATS);
        h5.intoArray(x, out + 11 * FLOATS);
        l6.intoArray(x, out + 12 * FLOATS);
        h6.intoArray(x, out + 13 * FLOATS);
        l7.intoArray(x, out + 14 * FLOATS);
        h7.intoArray(x, out + 15 * FLOATS);
    }

    /** One vector of columns, for a last strip without a neighbour. */
    private static void narrow(float[] x, int a, int b, int count, int out) {
        FloatVector l0 = FloatVector.zero(F);
        FloatVector l1 = FloatVector.zero(F);
        FloatVector l2 = FloatVector.zero(F);
        FloatVector l3 = FloatVector.zero(F);
        FloatVector l4 = FloatVector.zero(F);
        FloatVector l5 = FloatVector.zero(F);
        FloatVector l6 = FloatVector.zero(F);
        FloatVector l7 = FloatVector.zero(F);
        int q = b;
        for (int p = a; p < a + count * STRIP; p += STRIP) {
            FloatVector u = FloatVector.fromArray(F, x, q);
            l0 = FloatVector.broadcast(F, x[p]).fma(u, l0);
            l1 = FloatVector.broadcast(F, x[p + 1]).fma(u, l1);
            l2 = FloatVector.broadcast(F, x[p + 2]).fma(u, l2);
            l3 = FloatVector.broadcast(F, x[p + 3]).fma(u, l3);
            l4 = FloatVector.broadcast(F, x[p + 4]).fma(u, l4);
            l5 = FloatVector.broadcast(F, x[p + 5]).fma(u, l5);
            l6 = FloatVector.broadcast(F, x[p + 6]).fma(u, l6);
            l7 = FloatVector.broadcast(F, x[p + 7]).fma(u, l7);
            q += STRIP;
        }
        l0.intoArray(x, out + 0 * FLOATS);
        l1.intoArray(x, out + 1 * FLOATS);
        l2.intoArray(x, out + 2 * FLOATS);
        l3.intoArray(x, out + 3 * FLOATS);
        l4.intoArray(x, out + 4 * FLOATS);
        l5.intoArray(x, out + 5 * FLOATS);
        l6.intoArray(x, out + 6 * FLOATS);
        l7.intoArray(x, out + 7 * FLOATS);
    }

    /** Adds a tile of float sums, {@code columns} wide, in double. */
    private static void add(float[] x, int from, int columns, double[] c, int at, int row) {
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < columns; j += LANES) {
                int o = at + i * row + j;
                DoubleVector wide = (DoubleVector)
                        FloatVector.fromArray(HALF, x, from + i * columns + j).convertShape(VectorOperators.F2D, D, 0);
                DoubleVector.fromArray(D, c, o).add(wide).intoArray(c, o);
            }
        }
    }
}
