package org.fus.core.internal.fft;

import java.util.ArrayList;
import java.util.List;

/** Stockham's self-sorting transform, decimation in frequency, for lengths with small prime factors. */
final class MixedRadixFft extends ComplexFft {
    /** Factors above this cost more as a plain sum than Bluestein's convolution costs as a whole. */
    private static final int LARGEST_PRIME = 13;

    private final int[] radices;
    private final double[] roots;

    MixedRadixFft(int length) {
        super(length);
        this.radices = factors(length).stream().mapToInt(Integer::intValue).toArray();
        this.roots = new double[2 * length];
        for (int k = 0; k < length; k++) {
            root(k, length, roots, 2 * k);
        }
    }

    static boolean suits(int length) {
        int largest = factors(length).stream().mapToInt(Integer::intValue).max().orElse(1);
        return largest <= LARGEST_PRIME;
    }

    private static List<Integer> factors(int length) {
        List<Integer> factors = new ArrayList<>();
        int rest = length;
        while (rest % 4 == 0) {
            factors.add(4);
            rest /= 4;
        }
        for (int p = 2; (long) p * p <= rest; p++) {
            while (rest % p == 0) {
                factors.add(p);
                rest /= p;
            }
        }
        if (rest > 1) {
            factors.add(rest);
        }
        return factors;
    }

    @Override
    public int workLength() {
        return 2 * length() + 2 * LARGEST_PRIME;
    }

    @Override
    public void forward(double[] pairs, int at, double[] work) {
        double[] from = pairs;
        int fromAt = at;
        double[] to = work;
        int toAt = 0;
        int done = 1;
        for (int radix : radices) {
            if (radix == 4) {
                passFour(done, from, fromAt, to, toAt);
            } else {
                pass(radix, done, from, fromAt, to, toAt, work);
            }
            done *= radix;
            double[] swap = from;
            int swapAt = fromAt;
            from = to;
            fromAt = toAt;
            to = swap;
            toAt = swapAt;
        }
        if (radices.length % 2 == 1) {
            System.arraycopy(work, 0, pairs, at, 2 * length());
        }
    }

    /** Butterfly {@code p} of group {@code q} takes every {@code (n / radix)}-th value and leaves {@code radix} neighbours. */
    private void pass(int radix, int done, double[] x, int xAt, double[] y, int yAt, double[] work) {
        int n = length();
        int groups = n / (done * radix);
        int values = 2 * n;
        int far = 2 * (n / radix);
        for (int p = 0; p < groups; p++) {
            for (int q = 0; q < done; q++) {
                int o = xAt + 2 * (q + done * p);
                for (int i = 0; i < radix; i++) {
                    double re = x[o];
                    double im = x[o + 1];
                    for (int k = 1; k < radix; k++) {
                        int w = 2 * (i * k % radix * (n / radix));
                        re += x[o + k * far] * roots[w] - x[o + k * far + 1] * roots[w + 1];
                        im += x[o + k * far] * roots[w + 1] + x[o + k * far + 1] * roots[w];
                    }
                    work[values + 2 * i] = re;
                    work[values + 2 * i + 1] = im;
                }
                for (int i = 0; i < radix; i++) {
                    turn(
                            work[values + 2 * i],
                            work[values + 2 * i + 1],
                            2 * (p * i * done),
                            y,
                            yAt + 2 * (q + done * (radix * p + i)));
                }
            }
        }
    }

    private void passFour(int done, double[] x, int xAt, double[] y, int yAt) {
        int n = length();
        int groups = n / (done * 4);
        int far = 2 * (n / 4);
        for (int p = 0; p < groups; p++) {
            for (int q = 0; q < done; q++) {
                int o = xAt + 2 * (q + done * p);
                double sumRe = x[o] + x[o + 2 * far];
                double sumIm = x[o + 1] + x[o + 2 * far + 1];
                double difRe = x[o] - x[o + 2 * far];
                double difIm = x[o + 1] - x[o + 2 * far + 1];
                double oddRe = x[o + far] + x[o + 3 * far];
                double oddIm = x[o + far + 1] + x[o + 3 * far + 1];
                double crossRe = x[o + far] - x[o + 3 * far];
                double crossIm = x[o + far + 1] - x[o + 3 * far + 1];
                int to = yAt + 2 * (q + done * 4 * p);
                int step = 2 * done;
                int w = 2 * p * done;
                y[to] = sumRe + oddRe;
                y[to + 1] = sumIm + oddIm;
                turn(difRe + crossIm, difIm - crossRe, w, y, to + step);
                turn(sumRe - oddRe, sumIm - oddIm, 2 * w, y, to + 2 * step);
                turn(difRe - crossIm, difIm + crossRe, 3 * w, y, to + 3 * step);
            }
        }
    }

    private void turn(double re, double im, int w, double[] y, int at) {
        y[at] = re * roots[w] - im * roots[w + 1];
        y[at + 1] = re * roots[w + 1] + im * roots[w];
    }
}
