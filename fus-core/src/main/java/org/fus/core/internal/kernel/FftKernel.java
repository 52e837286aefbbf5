package org.fus.core.internal.kernel;

/**
 * Complex discrete Fourier transforms of many records at once, one per lane, in place. Value {@code s} of lane {@code f}
 * stands at {@code at + 2 * width * stride * s + f}, its imaginary part {@code width} further on: the engine's layout,
 * where the lanes are frames.
 */
public interface FftKernel {
    /**
     * Transforms {@code X[k] = sum over s of x[s] exp(-2 pi j s k / n)}, or with {@code exp(+2 pi j s k / n)} when
     * inverse; neither divides by {@code n}.
     *
     * @param tables the length and its roots
     * @param inverse the sign of the exponent
     * @param data the records
     * @param at where value 0 of lane 0 stands
     * @param width lanes
     * @param stride cells of {@code 2 * width} floats from one value to the next
     * @param scratch made for these tables and this width
     */
    void transform(FftTables tables, boolean inverse, float[] data, int at, int width, int stride, FftScratch scratch);
}
