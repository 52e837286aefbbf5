package org.fus.core.signal;

/** A windowed-sinc low-pass: linear phase, gain 1 at zero frequency, half amplitude at the cutoff. */
final class LowPass {
    /** Zero crossings of the sinc on either side that the window leaves. */
    private static final int LOBES = 8;

    private LowPass() {}

    /** Taps on either side of the centre one. */
    static int reach(double cutoff) {
        return (int) Math.ceil(LOBES / (2 * cutoff) - 1e-9);
    }

    /**
     * The taps from {@code -reach} to {@code reach}, under a Hamming window.
     *
     * @param cutoff cycles per sample, at most one half
     */
    static double[] taps(double cutoff) {
        int reach = reach(cutoff);
        double[] h = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < h.length; i++) {
            int k = i - reach;
            double x = 2 * Math.PI * cutoff * k;
            double sinc = k == 0 ? 1 : Math.sin(x) / x;
            h[i] = sinc * (0.54 + 0.46 * Math.cos(Math.PI * k / reach));
            sum += h[i];
        }
        for (int i = 0; i < h.length; i++) {
            h[i] /= sum;
        }
        return h;
    }
}
