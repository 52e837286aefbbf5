package org.fus.core.simulation;

/**
 * Twelve-tap interpolation of a signal on a grid of half samples: a sinc under a Kaiser window, its weights from a table
 * of 256 fractions with straight lines between. On pulses that end below 0.55 of the dense grid's Nyquist frequency the
 * error is below -80 dB.
 */
final class HalfSampleShift {
    static final int TAPS = 12;
    private static final int STEPS = 256;
    private static final double BETA = 8;
    private static final float[] WEIGHTS = weights();

    private HalfSampleShift() {}

    /** Weights of the dense samples {@code P - 5 .. P + 6} for the position {@code P + fraction}, times a gain. */
    static void taps(double fraction, double gain, float[] taps) {
        int i = (int) (fraction * STEPS);
        float g = (float) gain;
        float f = (float) (fraction * STEPS - i);
        for (int j = 0; j < TAPS; j++) {
            float w = WEIGHTS[i * TAPS + j];
            taps[j] = g * (w + f * (WEIGHTS[(i + 1) * TAPS + j] - w));
        }
    }

    private static float[] weights() {
        float[] w = new float[(STEPS + 2) * TAPS];
        for (int i = 0; i <= STEPS + 1; i++) {
            for (int j = 0; j < TAPS; j++) {
                double x = i / (double) STEPS + TAPS / 2 - 1 - j;
                double u = 2 * x / TAPS;
                double window = u * u < 1 ? bessel0(BETA * Math.sqrt(1 - u * u)) / bessel0(BETA) : 0;
                double sinc = x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
                w[i * TAPS + j] = (float) (sinc * window);
            }
        }
        return w;
    }

    /** Modified Bessel function of order 0 by its power series. */
    private static double bessel0(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
