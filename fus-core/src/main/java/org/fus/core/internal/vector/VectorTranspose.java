package org.fus.core.internal.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.kernel.TransposeKernel;

/**
 * Squares of as many frames and samples as a vector has lanes, in perfect shuffles: each turns the bits of (row, column) by
 * one place, so that as many as the number of lanes has bits exchange rows and columns. Two shuffles at a time stay in
 * registers, four vectors of them; between these passes the square lies in the first-level cache. Two neighbouring squares
 * go together, because traces of frames are apart by large powers of two: their cache lines push each other out.
 */
final class VectorTranspose implements TransposeKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    private static final int QUARTER = LANES / 4;
    private static final int SQUARE = LANES * LANES;
    private static final int PAIR = 2 * LANES;

    /** An odd number of shuffles begins with a single one. */
    private static final boolean ODD = Integer.numberOfTrailingZeros(LANES) % 2 == 1;

    /** As many shorts as a vector has floats. */
    private static final VectorSpecies<Short> HALF =
            VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));

    /** Lanes 0, n, 1, n + 1, ... of two vectors of n, and the rest. */
    private static final FloatVector LOW = shuffle(0);

    private static final FloatVector HIGH = shuffle(LANES / 2);

    private static FloatVector shuffle(int first) {
        float[] lanes = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = first + i / 2 + i % 2 * LANES;
        }
        return FloatVector.fromArray(F, lanes, 0);
    }

    @Override
    public void transpose(
            MemorySegment traces,
            long first,
            long stride,
            int frames,
            int samples,
            float[] rows,
            int at,
            int width,
            float[] scratch) {
        int whole = samples < PAIR ? 0 : frames - frames % LANES;
        for (int f = 0; f < whole; f += LANES) {
            for (int s = 0; s < samples; s += PAIR) {
                // the last pair begins early enough to be whole; it writes some rows again
                int k = Math.min(s, samples - PAIR);
                pair(traces, first + f * stride + (long) Short.BYTES * k, stride, scratch);
                finish(scratch, rows, at + k * width + f, width);
            }
        }
        if (whole < frames) {
            long rest = first + whole * stride;
            ScalarKernels.INSTANCE
                    .transpose()
                    .transpose(traces, rest, stride, frames - whole, samples, rows, at + whole, width, scratch);
        }
    }

    @Override
    public void transpose(
            float[] traces,
            int first,
            int stride,
            int frames,
            int samples,
            float[] rows,
            int at,
            int width,
            float[] scratch) {
        int whole = samples < PAIR ? 0 : frames - frames % LANES;
        for (int f = 0; f < whole; f += LANES) {
            for (int s = 0; s < samples; s += PAIR) {
                int k = Math.min(s, samples - PAIR);
                pair(traces, first + f * stride + k, stride, scratch);
                finish(scratch, rows, at + k * width + f, width);
            }
        }
        if (whole < frames) {
            int rest = first + whole * stride;
            ScalarKernels.INSTANCE
                    .transpose()
                    .transpose(traces, rest, stride, frames - whole, samples, rows, at + whole, width, scratch);
        }
    }

    /** First pass of two squares, out of the samples. */
    private static void pair(MemorySegment x, long at, long step, float[] y) {
        long quarter = QUARTER * step;
        for (int i = 0; i < QUARTER; i++) {
            for (int square = 0; square < 2; square++) {
                long o = at + i * step + (long) Short.BYTES * LANES * square;
                FloatVector a = load(x, o);
                FloatVector b = load(x, o + quarter);
                FloatVector c = load(x, o + 2 * quarter);
                FloatVector d = load(x, o + 3 * quarter);
                store(a, b, c, d, y, SQUARE * square, i);
            }
        }
    }

    private static FloatVector load(MemorySegment x, long at) {
        return (FloatVector) ShortVector.fromMemorySegment(HALF, x, at, ByteOrder.nativeOrder())
                .convertShape(VectorOperators.S2F, F, 0);
    }

    private static void pair(float[] x, int at, int step, float[] y) {
        for (int i = 0; i < QUARTER; i++) {
            for (int square = 0; square < 2; square++) {
                int o = at + i * step + LANES * square;
                FloatVector a = FloatVector.fromArray(F, x, o);
                FloatVector b = FloatVector.fromArray(F, x, o + QUARTER * step);
                FloatVector c = FloatVector.fromArray(F, x, o + 2 * QUARTER * step);
                FloatVector d = FloatVector.fromArray(F, x, o + 3 * QUARTER * step);
                store(a, b, c, d, y, SQUARE * square, i);
            }
        }
    }

    /** Shuffles vectors i, i + n/4, i + n/2 and i + 3n/4 of a square once or twice, whichever leaves an even number. */
    private static void store(
            FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] y, int square, int i) {
        FloatVector ac = LOW.selectFrom(a, c);
        FloatVector bd = LOW.selectFrom(b, d);
        FloatVector acHigh = HIGH.selectFrom(a, c);
        FloatVector bdHigh = HIGH.selectFrom(b, d);
        if (ODD) {
            ac.intoArray(y, square + 2 * i * LANES);
            acHigh.intoArray(y, square + (2 * i + 1) * LANES);
            bd.intoArray(y, square + (2 * i + LANES / 2) * LANES);
            bdHigh.intoArray(y, square + (2 * i + LANES / 2 + 1) * LANES);
        } else {
            quad(ac, bd, acHigh, bdHigh, y, square + 4 * i * LANES, LANES);
        }
    }

    private static void quad(
            FloatVector ac, FloatVector bd, FloatVector acHigh, FloatVector bdHigh, float[] y, int to, int step) {
        LOW.selectFrom(ac, bd).intoArray(y, to);
        HIGH.selectFrom(ac, bd).intoArray(y, to + step);
        LOW.selectFrom(acHigh, bdHigh).intoArray(y, to + 2 * step);
        HIGH.selectFrom(acHigh, bdHigh).intoArray(y, to + 3 * step);
    }

    /** The other two shuffles of both squares; vectors of four lanes need none. */
    private static void finish(float[] scratch, float[] rows, int at, int width) {
        for (int square = 0; square < 2; square++) {
            int from = SQUARE * square;
            int to = at + LANES * width * square;
            for (int i = 0; i < QUARTER; i++) {
                FloatVector a = FloatVector.fromArray(F, scratch, from + i * LANES);
                FloatVector b = FloatVector.fromArray(F, scratch, from + (i + QUARTER) * LANES);
                FloatVector c = FloatVector.fromArray(F, scratch, from + (i + 2 * QUARTER) * LANES);
                FloatVector d = FloatVector.fromArray(F, scratch, from + (i + 3 * QUARTER) * LANES);
                if (LANES == 4) {
                    a.intoArray(rows, to);
                    b.intoArray(rows, to + width);
                    c.intoArray(rows, to + 2 * width);
                    d.intoArray(rows, to + 3 * width);
                } else {
                    FloatVector ac = LOW.selectFrom(a, c);
                    FloatVector bd = LOW.selectFrom(b, d);
                    quad(ac, bd, HIGH.selectFrom(a, c), HIGH.selectFrom(b, d), rows, to + 4 * i * width, width);
                }
            }
        }
    }
}
