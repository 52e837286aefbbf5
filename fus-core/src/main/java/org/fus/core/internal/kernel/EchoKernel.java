package org.fus.core.internal.kernel;

/**
 * The inner loops of the channel simulator. Every implementation multiplies, rounds, then adds, in the order of the
 * scalar one, so that all give the same bits.
 */
public interface EchoKernel {
    /**
     * Adds {@code count} scaled rows of a table: {@code trace[at[i] + j] += amplitude[i] * table[row[i] + j]} for
     * {@code 0 <= j < length}, {@code i} ascending.
     *
     * @param length cells per row, a multiple of 16
     */
    void addRows(float[] trace, float[] table, int length, int[] at, int[] row, float[] amplitude, int count);

    /**
     * Adds a signal that was sampled twice as densely as the trace and is stored as two halves:
     * {@code trace[at + i] += sum over k of taps[2k] * a[aAt + i + k] + taps[2k + 1] * b[bAt + i + k]} for
     * {@code 0 <= i < count}, terms added one by one from the left.
     *
     * @param taps an even number of weights
     */
    void addInterpolated(float[] trace, int at, int count, float[] a, int aAt, float[] b, int bAt, float[] taps);
}
