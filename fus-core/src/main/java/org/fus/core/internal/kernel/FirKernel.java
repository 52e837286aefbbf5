package org.fus.core.internal.kernel;

/** A complex FIR filter with decimation over real rows of frames, and the rotation of its output. */
public interface FirKernel {
    /**
     * Writes {@code count} cells of a panel: cell {@code m} is {@code sum over i of tap[i] * row[m * step + i]}, in the order
     * of the taps, each product added with one rounding.
     *
     * @param rows {@code [row][frame]}, at least {@code (count - 1) * step} and the length of the filter
     * @param taps the filter
     * @param count output samples
     * @param panel receives {@code [cell][re x width | im x width]}
     * @param at index of the first cell
     * @param width frames per row
     */
    void filter(float[] rows, FirTaps taps, int count, float[] panel, int at, int width);

    /**
     * Turns cells of a panel: cell {@code m} is multiplied with {@code turnRe[m] + j turnIm[m]}.
     *
     * @param panel {@code [cell][re x width | im x width]}
     * @param at index of the first cell
     * @param width frames per row
     * @param turnRe real parts of the rotation, one per cell
     * @param turnIm its imaginary parts
     */
    void turn(float[] panel, int at, int width, float[] turnRe, float[] turnIm);
}
