package org.fus.core.internal.kernel;

import java.util.Arrays;

/**
 * The taps of a complex decimating FIR filter over real samples. Taps of one part are ordered by phase, the row modulo the
 * step: rows of a phase are those of the next output sample one tap later, so that a loop over a phase reads each row once
 * for many outputs. A phase without taps is left out: a filter around a quarter of the sampling frequency has hardly a tap
 * with two parts. The arrays are not to be changed.
 */
public final class FirTaps {
    /** Taps smaller than this fraction of the largest are rounding of zeros. */
    private static final double NEGLIGIBLE = 1e-9;

    private final int step;
    private final Part re;
    private final Part im;

    /**
     * One part of the taps in runs of one phase each.
     *
     * @param firstRow row of the first tap of each run
     * @param end behind the last tap of each run
     * @param tap taps of all runs; within a run each is {@code step} rows behind the one before
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Part(int[] firstRow, int[] end, float[] tap) {}

    /**
     * Takes all parts that are not zero.
     *
     * @param re real parts
     * @param im imaginary parts
     * @param step rows from one output sample to the next
     */
    public FirTaps(double[] re, double[] im, int step) {
        double largest = 0;
        for (int i = 0; i < re.length; i++) {
            largest = Math.max(largest, Math.hypot(re[i], im[i]));
        }
        this.step = step;
        this.re = part(re, NEGLIGIBLE * largest, step);
        this.im = part(im, NEGLIGIBLE * largest, step);
    }

    private static Part part(double[] taps, double threshold, int step) {
        int[] firstRow = new int[step];
        int[] end = new int[step];
        float[] all = new float[taps.length];
        int runs = 0;
        int n = 0;
        for (int phase = 0; phase < step; phase++) {
            int first = phase;
            int last = phase + (taps.length - 1 - phase) / step * step;
            while (first < taps.length && Math.abs(taps[first]) <= threshold) {
                first += step;
            }
            while (last > first && Math.abs(taps[last]) <= threshold) {
                last -= step;
            }
            if (first < taps.length) {
                for (int i = 0; first + i * step <= last; i++) {
                    double tap = taps[first + i * step];
                    all[n + i] = Math.abs(tap) <= threshold ? 0 : (float) tap;
                }
                firstRow[runs] = first;
                n += (last - first) / step + 1;
                end[runs++] = n;
            }
        }
        return new Part(Arrays.copyOf(firstRow, runs), Arrays.copyOf(end, runs), Arrays.copyOf(all, n));
    }

    /** Rows from one output sample to the next. */
    public int step() {
        return step;
    }

    public Part re() {
        return re;
    }

    public Part im() {
        return im;
    }
}
