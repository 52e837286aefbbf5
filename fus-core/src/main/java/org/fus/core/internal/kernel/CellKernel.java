package org.fus.core.internal.kernel;

/** Elementwise loops over cells {@code [re x width | im x width]}: every lane of a cell is treated alike. */
public interface CellKernel {
    /**
     * Multiplies cell {@code i} by the complex number {@code factor[from + i]}.
     *
     * @param x cells to read
     * @param xAt where the first one stands
     * @param width lanes
     * @param re real parts of the factors
     * @param im their imaginary parts
     * @param from the first factor
     * @param count cells
     * @param y receives the products; may be {@code x} at the same place
     * @param yAt where the first product goes
     */
    void multiply(float[] x, int xAt, int width, float[] re, float[] im, int from, int count, float[] y, int yAt);

    /** The same, added to what {@code y} holds. */
    void multiplyAdd(float[] x, int xAt, int width, float[] re, float[] im, int from, int count, float[] y, int yAt);

    /**
     * Cell {@code i} becomes {@code a[i] x[k] + b[i] x[k + 1]} with {@code k = cell[i]}.
     *
     * @param x cells to read
     * @param xAt where cell 0 stands
     * @param width lanes
     * @param cell which cells
     * @param a weights of the cells
     * @param b weights of their successors
     * @param count results
     * @param y receives them
     * @param yAt where the first one goes
     */
    void interpolate(float[] x, int xAt, int width, int[] cell, float[] a, float[] b, int count, float[] y, int yAt);
}
