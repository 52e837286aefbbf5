package org.fus.core.simulation;

import java.util.SplittableRandom;

/**
 * Standard normal numbers from a table of the 65536 quantiles at (i + 1/2) / 65536: four per 64 random bits, the same on
 * every machine. The largest is 4.17 standard deviations.
 */
final class GaussianNoise {
    private static final int LEVELS = 1 << 16;
    private static final float[] QUANTILE = quantiles();

    private GaussianNoise() {}

    static double next(SplittableRandom random) {
        return QUANTILE[random.nextInt() >>> 16];
    }

    /** Adds noise of the given standard deviation to {@code count} cells. */
    static void add(float[] trace, int from, int count, float rms, SplittableRandom random) {
        int i = from;
        int end = from + count;
        for (; i <= end - 4; i += 4) {
            long bits = random.nextLong();
            trace[i] += rms * QUANTILE[(int) bits & 0xFFFF];
            trace[i + 1] += rms * QUANTILE[(int) (bits >>> 16) & 0xFFFF];
            trace[i + 2] += rms * QUANTILE[(int) (bits >>> 32) & 0xFFFF];
            trace[i + 3] += rms * QUANTILE[(int) (bits >>> 48)];
        }
        for (long bits = random.nextLong(); i < end; i++, bits >>>= 16) {
            trace[i] += rms * QUANTILE[(int) bits & 0xFFFF];
        }
    }

    /** Walks along the cumulative distribution (trapezoids, error below 1e-9) and notes where it passes each level. */
    private static float[] quantiles() {
        float[] table = new float[LEVELS];
        double step = 1e-4;
        double x = 0;
        double cumulative = 0.5;
        double density = 1 / Math.sqrt(2 * Math.PI);
        for (int i = LEVELS / 2; i < LEVELS; i++) {
            double wanted = (i + 0.5) / LEVELS;
            double nextDensity = density(x + step);
            while (cumulative + step * (density + nextDensity) / 2 < wanted) {
                cumulative += step * (density + nextDensity) / 2;
                x += step;
                density = nextDensity;
                nextDensity = density(x + step);
            }
            table[i] = (float) (x + (wanted - cumulative) / ((density + nextDensity) / 2));
            table[LEVELS - 1 - i] = -table[i];
        }
        return table;
    }

    private static double density(double x) {
        return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
