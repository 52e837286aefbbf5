package org.fus.core.internal.kernel;

import java.util.Arrays;

/**
 * The sums behind a Gram matrix {@code G[i][j] = sum over pixels of x_i conj(x_j)}, {@code x = a + jb}, in double. Three
 * real products per pair of frames stand for the four of the complex one:
 *
 * <pre>N = (a + b)(a - b)^T = (a a^T - b b^T) + (b a^T - a b^T),   M = b b^T
 * Re G = (N + N^T) / 2 + 2 M,   Im G = (N - N^T) / 2</pre>
 *
 * because the first bracket is symmetric and the second antisymmetric; M is symmetric, so half of it is enough.
 */
public final class GramSums {
    private final int frames;
    private final int row;
    private final double[] product;
    private final double[] squares;

    public GramSums(int frames) {
        this.frames = frames;
        this.row = GramKernel.strips(frames) * GramKernel.STRIP;
        this.product = new double[Math.multiplyExact(row, row)];
        this.squares = new double[row * row];
    }

    public int frames() {
        return frames;
    }

    /** Length of a row of {@link #product} and {@link #squares}. */
    int row() {
        return row;
    }

    double[] product() {
        return product;
    }

    double[] squares() {
        return squares;
    }

    public void clear() {
        Arrays.fill(product, 0);
        Arrays.fill(squares, 0);
    }

    /** Adds other sums of as many frames. */
    public void add(GramSums other) {
        for (int i = 0; i < product.length; i++) {
            product[i] += other.product[i];
            squares[i] += other.squares[i];
        }
    }

    /**
     * Takes over the pairs of frames that a window keeps when it moves on: element (i, j) of older sums goes to
     * (i - leaving, j - leaving).
     *
     * @param before sums of any number of frames
     * @param leaving its first frames, which leave the window
     * @param staying the frames after them, which are the first of these sums
     */
    public void keep(GramSums before, int leaving, int staying) {
        for (int i = 0; i < staying; i++) {
            int from = (i + leaving) * before.row + leaving;
            System.arraycopy(before.product, from, product, i * row, staying);
            System.arraycopy(before.squares, from, squares, i * row, staying);
        }
    }

    /** The sum of the squared magnitudes of a frame; not finite when one of its samples is not. */
    public double energy(int frame) {
        return product[frame * row + frame] + 2 * squares[frame * row + frame];
    }

    /** Writes the lower triangle of G, {@code [i][j]}, j up to i. */
    public void hermitian(double[][] re, double[][] im) {
        for (int i = 0; i < frames; i++) {
            for (int j = 0; j <= i; j++) {
                double n = product[i * row + j];
                double transposed = product[j * row + i];
                re[i][j] = (n + transposed) / 2 + 2 * squares[j * row + i];
                im[i][j] = (n - transposed) / 2;
            }
        }
    }
}
