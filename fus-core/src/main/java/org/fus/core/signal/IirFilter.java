package org.fus.core.signal;

/**
 * A recursive filter {@code a[0] y[n] = b[0] x[n] + b[1] x[n-1] + ... - a[1] y[n-1] - ...} in double precision, with
 * {@code a[0] = 1}. Immutable.
 */
public final class IirFilter {
    /** Beyond this order the coefficients of a single polynomial lose too many digits. */
    private static final int MAX_ORDER = 10;

    private final double[] b;
    private final double[] a;
    private final double[] steadyState;

    private IirFilter(double[] b, double[] a) {
        this.b = b;
        this.a = a;
        this.steadyState = steadyState(b, a);
    }

    /**
     * A Butterworth low-pass by the bilinear transform with a prewarped cutoff; gain 1 at zero frequency.
     *
     * @param order 1 to 10
     * @param cutoff frequency of half power as a fraction of the Nyquist frequency, between 0 and 1
     * @return the filter
     */
    public static IirFilter butterworthLowPass(int order, double cutoff) {
        if (order < 1 || order > MAX_ORDER) {
            throw new IllegalArgumentException("filter order " + order + ", expected 1 to " + MAX_ORDER);
        }
        if (!(cutoff > 0 && cutoff < 1)) {
            throw new IllegalArgumentException("filter cutoff " + cutoff
                    + ", expected a fraction of the Nyquist frequency between 0 and 1 (both excluded)");
        }
        double warped = Math.tan(Math.PI * cutoff / 2);
        double[] a = {1};
        for (int k = 0; k < order / 2; k++) {
            // A conjugate pair of poles of the analogue filter, at this angle from the negative real axis.
            double twoCos = 2 * Math.sin(Math.PI * (2 * k + 1) / (2 * order));
            double scale = 1 + twoCos * warped + warped * warped;
            a = multiply(a, 1, 2 * (warped * warped - 1) / scale, (1 - twoCos * warped + warped * warped) / scale);
        }
        if (order % 2 == 1) {
            a = multiply(a, 1, (warped - 1) / (warped + 1), 0);
        }
        a = java.util.Arrays.copyOf(a, order + 1);
        double sum = 0;
        for (double v : a) {
            sum += v;
        }
        double[] b = new double[order + 1];
        b[0] = sum / (1 << order); // all zeros at the Nyquist frequency: (1 + z^-1)^order
        for (int k = 1; k <= order; k++) {
            b[k] = b[k - 1] * (order - k + 1) / k;
        }
        return new IirFilter(b, a);
    }

    private static double[] multiply(double[] p, double q0, double q1, double q2) {
        double[] product = new double[p.length + 2];
        for (int i = 0; i < p.length; i++) {
            product[i] += q0 * p[i];
            product[i + 1] += q1 * p[i];
            product[i + 2] += q2 * p[i];
        }
        return product;
    }

    /** The state in which a constant 1 has been coming in for ever. */
    private static double[] steadyState(double[] b, double[] a) {
        double in = 0;
        double out = 0;
        for (int k = 0; k < b.length; k++) {
            in += b[k];
            out += a[k];
        }
        double gain = in / out;
        double[] state = new double[b.length - 1];
        double sum = 0;
        for (int k = b.length - 1; k > 0; k--) {
            sum += b[k] - gain * a[k];
            state[k - 1] = sum;
        }
        return state;
    }

    /**
     * The feed-forward coefficients.
     *
     * @return a copy, order + 1 values
     */
    public double[] b() {
        return b.clone();
    }

    /**
     * The feedback coefficients.
     *
     * @return a copy, order + 1 values, the first one 1
     */
    public double[] a() {
        return a.clone();
    }

    /**
     * Samples that {@link #filterBothWays} adds at each end: three times the number of coefficients, the common
     * convention of MATLAB and SciPy. A record must be longer.
     *
     * @return samples
     */
    public int padding() {
        return 3 * a.length;
    }

    /**
     * Filters forward, then backward: zero phase, the squared magnitude response. Both ends are extended by
     * {@link #padding()} samples, mirrored through the end point (odd extension), and both passes start in the steady
     * state of their first sample (F. Gustafsson, doi:10.1109/78.492552, discusses the choice of initial states).
     *
     * @param signal more than {@link #padding()} samples
     * @return as many filtered samples
     * @throws IllegalArgumentException when the signal is too short
     */
    public double[] filterBothWays(double[] signal) {
        requireLength(signal.length);
        int n = signal.length;
        int pad = padding();
        double[] extended = new double[2 * (n + 2 * pad)];
        for (int i = 0; i < n; i++) {
            extended[2 * (pad + i)] = signal[i];
        }
        filterPairsBothWays(extended, n, new double[2 * a.length]);
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = extended[2 * (pad + i)];
        }
        return out;
    }

    void requireLength(int samples) {
        if (samples <= padding()) {
            throw new IllegalArgumentException(
                    "record of " + samples + " samples is too short for a zero-phase filter of "
                            + "order " + (a.length - 1) + ", expected more than " + padding()
                            + "; record longer or use the FIR demodulator");
        }
    }

    /**
     * The same for two signals side by side, in place. Pair {@code i} of the signals stands at
     * {@code pairs[2 * (padding() + i)]}; the room before and behind is work space.
     */
    void filterPairsBothWays(double[] pairs, int n, double[] state) {
        int pad = padding();
        int last = pad + n - 1;
        for (int i = 1; i <= pad; i++) {
            for (int c = 0; c < 2; c++) {
                pairs[2 * (pad - i) + c] = 2 * pairs[2 * pad + c] - pairs[2 * (pad + i) + c];
                pairs[2 * (last + i) + c] = 2 * pairs[2 * last + c] - pairs[2 * (last - i) + c];
            }
        }
        run(pairs, 0, 2, n + 2 * pad, state);
        run(pairs, 2 * (n + 2 * pad - 1), -2, n + 2 * pad, state);
    }

    /** Transposed direct form II over pairs, in the steady state of the first pair; two signals hide each other's latency. */
    private void run(double[] pairs, int start, int step, int count, double[] z) {
        int order = a.length - 1;
        for (int k = 0; k < order; k++) {
            z[2 * k] = steadyState[k] * pairs[start];
            z[2 * k + 1] = steadyState[k] * pairs[start + 1];
        }
        z[2 * order] = 0;
        z[2 * order + 1] = 0;
        for (int i = 0, o = start; i < count; i++, o += step) {
            double x0 = pairs[o];
            double x1 = pairs[o + 1];
            double y0 = b[0] * x0 + z[0];
            double y1 = b[0] * x1 + z[1];
            for (int k = 1; k <= order; k++) {
                z[2 * k - 2] = b[k] * x0 - a[k] * y0 + z[2 * k];
                z[2 * k - 1] = b[k] * x1 - a[k] * y1 + z[2 * k + 1];
            }
            pairs[o] = y0;
            pairs[o + 1] = y1;
        }
    }
}
