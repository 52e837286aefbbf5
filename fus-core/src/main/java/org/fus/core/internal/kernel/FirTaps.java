package org.fus.core.internal.kernel;

import java.util.stream.IntStream;

/**
 * The taps of a complex FIR filter over real samples, as two sparse lists. A filter around a quarter of the sampling
 * frequency has hardly a tap with two parts, so the lists save most of the work. The arrays are not to be changed.
 */
public final class FirTaps {
    /** Taps smaller than this fraction of the largest are rounding of zeros. */
    private static final double NEGLIGIBLE = 1e-9;

    private final int[] rowRe;
    private final float[] tapRe;
    private final int[] rowIm;
    private final float[] tapIm;

    /** Takes all parts that are not zero. */
    public FirTaps(double[] re, double[] im) {
        double largest = 0;
        for (int i = 0; i < re.length; i++) {
            largest = Math.max(largest, Math.hypot(re[i], im[i]));
        }
        this.rowRe = rows(re, NEGLIGIBLE * largest);
        this.tapRe = pick(re, rowRe);
        this.rowIm = rows(im, NEGLIGIBLE * largest);
        this.tapIm = pick(im, rowIm);
    }

    private static int[] rows(double[] taps, double threshold) {
        return IntStream.range(0, taps.length)
                .filter(i -> Math.abs(taps[i]) > threshold)
                .toArray();
    }

    private static float[] pick(double[] taps, int[] rows) {
        float[] picked = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = (float) taps[rows[i]];
        }
        return picked;
    }

    /** Rows of the real taps, from the first row of the filter. */
    public int[] rowRe() {
        return rowRe;
    }

    public float[] tapRe() {
        return tapRe;
    }

    /** Rows of the imaginary taps, from the first row of the filter. */
    public int[] rowIm() {
        return rowIm;
    }

    public float[] tapIm() {
        return tapIm;
    }
}
