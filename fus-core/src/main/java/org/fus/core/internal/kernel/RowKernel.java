package org.fus.core.internal.kernel;

/**
 * Operations on rows of complex matrices in double, real and imaginary parts apart. Rows have room for a multiple of
 * {@link #BLOCK} values; operations may start earlier than asked, at a multiple of it, and end later, at the next.
 */
public interface RowKernel {
    int BLOCK = 8;

    /** {@code y += c conj(a)} from index {@code from} to {@code to}. */
    void addConjugate(double[] yRe, double[] yIm, double[] aRe, double[] aIm, double cRe, double cIm, int from, int to);

    /** {@code y += c a} for the first {@code to} values. */
    void add(double[] yRe, double[] yIm, double[] aRe, double[] aIm, double cRe, double cIm, int to);

    /** {@code y -= v[i] conj(p) + p[i] conj(v)} from index {@code from} to {@code to}, with the factors of row i. */
    void subtractRankTwo(
            double[] yRe,
            double[] yIm,
            double[] vRe,
            double[] vIm,
            double[] pRe,
            double[] pIm,
            int i,
            int from,
            int to);

    /** {@code (a, b) = (c a - s b, s a + c b)} for the first {@code to} values of two real rows. */
    void rotate(double[] a, double[] b, double c, double s, int to);

    /** The length rounded up to whole blocks. */
    static int padded(int length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }
}
