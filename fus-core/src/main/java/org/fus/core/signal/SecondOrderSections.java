package org.fus.core.signal;

/**
 * A recursive filter as a cascade of sections of second order, in double: high orders keep their digits. Immutable.
 *
 * <p>Each section is {@code y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]}, run in transposed direct
 * form II with two values of state.
 */
public final class SecondOrderSections {
    /** Highest order that is offered; beyond it the transients are longer than any ensemble. */
    public static final int MAX_ORDER = 20;

    private static final int COEFFICIENTS = 6;

    /** {@code [section][b0 b1 b2 a0 a1 a2]}, a0 = 1. */
    private final double[][] sections;

    /** State of each section after a constant 1 has been coming in for ever. */
    private final double[][] steady;

    private SecondOrderSections(double[][] sections) {
        this.sections = sections;
        this.steady = steadyStates(sections);
    }

    /**
     * A Butterworth high-pass by the bilinear transform with a prewarped cutoff; gain 1 at the Nyquist frequency.
     *
     * @param order 1 to {@link #MAX_ORDER}
     * @param cutoff frequency of half power as a fraction of the Nyquist frequency, between 0 and 1
     * @return the filter
     */
    public static SecondOrderSections butterworthHighPass(int order, double cutoff) {
        return butterworth(order, cutoff, true);
    }

    /**
     * A Butterworth low-pass by the bilinear transform with a prewarped cutoff; gain 1 at zero frequency.
     *
     * @param order 1 to {@link #MAX_ORDER}
     * @param cutoff frequency of half power as a fraction of the Nyquist frequency, between 0 and 1
     * @return the filter
     */
    public static SecondOrderSections butterworthLowPass(int order, double cutoff) {
        return butterworth(order, cutoff, false);
    }

    private static SecondOrderSections butterworth(int order, double cutoff, boolean high) {
        if (order < 1 || order > MAX_ORDER) {
            throw new IllegalArgumentException("filter order " + order + ", expected 1 to " + MAX_ORDER);
        }
        if (!(cutoff > 0 && cutoff < 1)) {
            throw new IllegalArgumentException("filter cutoff " + cutoff
                    + ", expected a fraction of the Nyquist frequency between 0 and 1 (both excluded)");
        }
        double w = Math.tan(Math.PI * cutoff / 2);
        double sign = high ? -1 : 1;
        double[][] sections = new double[(order + 1) / 2][];
        int next = 0;
        if (order % 2 == 1) {
            double gain = (high ? 1 : w) / (1 + w);
            sections[next++] = new double[] {gain, sign * gain, 0, 1, (w - 1) / (w + 1), 0};
        }
        // pairs of poles, the widest first, so that the sharpest resonance comes last
        for (int k = order / 2 - 1; k >= 0; k--) {
            double twoCos = 2 * Math.sin(Math.PI * (2 * k + 1) / (2 * order));
            double scale = 1 + twoCos * w + w * w;
            double gain = (high ? 1 : w * w) / scale;
            sections[next++] = new double[] {
                gain, 2 * sign * gain, gain, 1, 2 * (w * w - 1) / scale, (1 - twoCos * w + w * w) / scale
            };
        }
        return new SecondOrderSections(sections);
    }

    private static double[][] steadyStates(double[][] sections) {
        double[][] states = new double[sections.length][];
        double input = 1;
        for (int i = 0; i < sections.length; i++) {
            double[] s = sections[i];
            double gain = (s[0] + s[1] + s[2]) / (1 + s[4] + s[5]);
            double second = s[2] - s[5] * gain;
            double first = s[1] - s[4] * gain + second;
            states[i] = new double[] {first * input, second * input};
            input *= gain;
        }
        return states;
    }

    /**
     * The coefficients.
     *
     * @return {@code [section][b0 b1 b2 a0 a1 a2]}, a copy; the gain is spread over the sections
     */
    public double[][] coefficients() {
        double[][] copy = new double[sections.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = sections[i].clone();
        }
        return copy;
    }

    /**
     * Values of state that one signal needs.
     *
     * @return two per section
     */
    public int stateLength() {
        return 2 * sections.length;
    }

    /**
     * Samples that {@link #filterBothWays} adds at each end: three times the length of the equivalent single polynomial,
     * the convention of SciPy. A record must be longer.
     *
     * @return samples
     */
    public int padding() {
        int zeroB = 0;
        int zeroA = 0;
        for (double[] s : sections) {
            zeroB += s[2] == 0 ? 1 : 0;
            zeroA += s[COEFFICIENTS - 1] == 0 ? 1 : 0;
        }
        return 3 * (2 * sections.length + 1 - Math.min(zeroB, zeroA));
    }

    /**
     * Writes the state in which a constant has been coming in for ever.
     *
     * @param value the constant
     * @param state receives {@link #stateLength} values
     * @param at index of the first
     */
    public void settle(double value, double[] state, int at) {
        for (int i = 0; i < sections.length; i++) {
            state[at + 2 * i] = steady[i][0] * value;
            state[at + 2 * i + 1] = steady[i][1] * value;
        }
    }

    /**
     * Filters on from a state, in place.
     *
     * @param signal samples
     * @param from first sample
     * @param to behind the last sample
     * @param state {@link #stateLength} values, carried on
     * @param at index of the first value of state
     */
    public void filter(double[] signal, int from, int to, double[] state, int at) {
        run(signal, from, to - from, 1, state, at);
    }

    /**
     * Filters forward, then backward: zero phase, the squared magnitude response. Both ends are extended by
     * {@link #padding} samples, mirrored through the end point, and both passes start in the steady state of their first
     * sample.
     *
     * @param signal more than {@link #padding} samples, which the result replaces
     * @param extended work space of {@code signal.length + 2 padding()} values
     * @throws IllegalArgumentException when the signal is too short
     */
    public void filterBothWays(double[] signal, double[] extended) {
        int n = signal.length;
        int pad = padding();
        requireLength(n);
        System.arraycopy(signal, 0, extended, pad, n);
        for (int i = 1; i <= pad; i++) {
            extended[pad - i] = 2 * signal[0] - signal[i];
            extended[pad + n - 1 + i] = 2 * signal[n - 1] - signal[n - 1 - i];
        }
        double[] state = new double[stateLength()];
        int length = n + 2 * pad;
        settle(extended[0], state, 0);
        run(extended, 0, length, 1, state, 0);
        settle(extended[length - 1], state, 0);
        run(extended, length - 1, length, -1, state, 0);
        System.arraycopy(extended, pad, signal, 0, n);
    }

    /**
     * Checks that a record is long enough for {@link #filterBothWays}.
     *
     * @param samples its length
     * @throws IllegalArgumentException when it is not
     */
    public void requireLength(int samples) {
        if (samples <= padding()) {
            throw new IllegalArgumentException(
                    "record of " + samples + " samples is too short for this zero-phase filter"
                            + ", expected more than " + padding() + "; record longer or lower the order");
        }
    }

    private void run(double[] x, int start, int count, int step, double[] state, int at) {
        for (int i = 0; i < sections.length; i++) {
            double[] s = sections[i];
            double b0 = s[0];
            double b1 = s[1];
            double b2 = s[2];
            double a1 = s[4];
            double a2 = s[5];
            double z1 = state[at + 2 * i];
            double z2 = state[at + 2 * i + 1];
            for (int n = 0, o = start; n < count; n++, o += step) {
                double in = x[o];
                double out = b0 * in + z1;
                z1 = b1 * in - a1 * out + z2;
                z2 = b2 * in - a2 * out;
                x[o] = out;
            }
            state[at + 2 * i] = z1;
            state[at + 2 * i + 1] = z2;
        }
    }
}
