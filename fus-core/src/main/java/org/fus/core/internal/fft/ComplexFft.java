package org.fus.core.internal.fft;

/** A complex transform of one record in double precision, of any length. Immutable and thread-safe. */
public abstract sealed class ComplexFft permits MixedRadixFft, BluesteinFft {
    private final int length;

    ComplexFft(int length) {
        this.length = length;
    }

    public static ComplexFft of(int length) {
        return MixedRadixFft.suits(length) ? new MixedRadixFft(length) : new BluesteinFft(length);
    }

    public final int length() {
        return length;
    }

    /** Doubles of work area that {@link #forward} overwrites. */
    public abstract int workLength();

    /**
     * {@code X[k] = sum over s of x[s] exp(-2 pi j s k / n)}, in place.
     *
     * @param pairs interleaved (re, im)
     * @param at index of the first real part
     * @param work at least {@link #workLength} values
     */
    public abstract void forward(double[] pairs, int at, double[] work);

    /** The same with the opposite sign in the exponent; not divided by the length. */
    public final void backward(double[] pairs, int at, double[] work) {
        conjugate(pairs, at);
        forward(pairs, at, work);
        conjugate(pairs, at);
    }

    private void conjugate(double[] pairs, int at) {
        for (int k = 0; k < length; k++) {
            pairs[at + 2 * k + 1] = -pairs[at + 2 * k + 1];
        }
    }

    /** Writes {@code exp(-2 pi j k / n)}. */
    static void root(long k, long n, double[] target, int at) {
        double angle = -2 * Math.PI * (k % n) / n;
        target[at] = Math.cos(angle);
        target[at + 1] = Math.sin(angle);
    }
}
