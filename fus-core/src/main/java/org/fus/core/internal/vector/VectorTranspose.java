package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.kernel.TransposeKernel;

/**
 * Squares of as many frames and samples as a vector has lanes, in perfect shuffles: each turns the bits of (row, column) by
 * one place, so that as many as the number of lanes has bits exchange rows and columns. Between the shuffles the square
 * lies in the first-level cache.
 */
final class VectorTranspose implements TransposeKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    private static final int STAGES = Integer.numberOfTrailingZeros(LANES);
    private static final int SQUARE = LANES * LANES;

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
    public void transpose(short[] traces, int frames, int samples, float[] rows, int at, float[] scratch) {
        if (frames % LANES != 0 || samples < LANES) {
            ScalarKernels.INSTANCE.transpose().transpose(traces, frames, samples, rows, at, scratch);
            return;
        }
        for (int s = 0; s < samples; s += LANES) {
            // the last square begins early enough to be whole; it writes some rows again
            int k = Math.min(s, samples - LANES);
            for (int f = 0; f < frames; f += LANES) {
                first(traces, f * samples + k, samples, scratch);
                rest(scratch, rows, at + k * frames + f, frames);
            }
        }
    }

    @Override
    public void transpose(float[] traces, int frames, int samples, float[] rows, int at, float[] scratch) {
        if (frames % LANES != 0 || samples < LANES) {
            ScalarKernels.INSTANCE.transpose().transpose(traces, frames, samples, rows, at, scratch);
            return;
        }
        for (int s = 0; s < samples; s += LANES) {
            int k = Math.min(s, samples - LANES);
            for (int f = 0; f < frames; f += LANES) {
                shuffle(traces, f * samples + k, samples, scratch, 0, LANES);
                rest(scratch, rows, at + k * frames + f, frames);
            }
        }
    }

    private static void first(short[] x, int at, int step, float[] y) {
        for (int i = 0; i < LANES / 2; i++) {
            FloatVector a =
                    (FloatVector) ShortVector.fromArray(HALF, x, at + i * step).convertShape(VectorOperators.S2F, F, 0);
            FloatVector b = (FloatVector)
                    ShortVector.fromArray(HALF, x, at + (i + LANES / 2) * step).convertShape(VectorOperators.S2F, F, 0);
            LOW.selectFrom(a, b).intoArray(y, 2 * i * LANES);
            HIGH.selectFrom(a, b).intoArray(y, (2 * i + 1) * LANES);
        }
    }

    private static void rest(float[] scratch, float[] rows, int at, int width) {
        int from = 0;
        for (int stage = 1; stage < STAGES - 1; stage++) {
            shuffle(scratch, from, LANES, scratch, SQUARE - from, LANES);
            from = SQUARE - from;
        }
        shuffle(scratch, from, LANES, rows, at, width);
    }

    private static void shuffle(float[] x, int at, int step, float[] y, int to, int width) {
        for (int i = 0; i < LANES / 2; i++) {
            FloatVector a = FloatVector.fromArray(F, x, at + i * step);
            FloatVector b = FloatVector.fromArray(F, x, at + (i + LANES / 2) * step);
            LOW.selectFrom(a, b).intoArray(y, to + 2 * i * width);
            HIGH.selectFrom(a, b).intoArray(y, to + (2 * i + 1) * width);
        }
    }
}
