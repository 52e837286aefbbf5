package org.fus.core.internal.kernel;

/** A complex FIR filter with decimation over real rows of frames, followed by a rotation of each output sample. */
public interface FirKernel {
    /**
     * Writes {@code count} cells of a panel: cell {@code m} is {@code turn[m] * sum over i of tap[i] * row[m * step + i]}.
     *
     * @param rows {@code [row][frame]}, at least {@code (count - 1) * step} and the length of the filter
     * @param step rows from one output sample to the next
     * @param taps the filter
     * @param turnRe real parts of the rotation, one per output sample
     * @param turnIm its imaginary parts
     * @param count output samples
     * @param panel receives {@code [cell][re x width | im x width]}
     * @param at index of the first cell
     * @param width frames per row
     */
    void filter(
            float[] rows,
            int step,
            FirTaps taps,
            float[] turnRe,
            float[] turnIm,
            int count,
            float[] panel,
            int at,
            int width);
}
