package org.fus.core.beamforming;

/**
 * Short-lag spatial coherence: the sum over lags 1 to M of the mean normalised correlation between elements that far
 * apart, {@code mean over e of Re(s[e] conj(s[e + m])) / (|s[e]| |s[e + m]|)}. An image of coherence, not of amplitude: M
 * for a coherent wavefront, 0 on average for noise, and without phase (the imaginary part is 0). The correlation is that
 * of one complex sample, which replaces the axial kernel of the original on RF. {@code O(N M)} per pixel and frame.
 *
 * @param shortLag M as a fraction of the active elements; default 0.2, within the 1 to 30 % that Lediju et al. call short
 * @see <a href="https://doi.org/10.1109/TUFFC.2011.1957">Lediju et al. 2011, short-lag spatial coherence of backscattered
 *     echoes</a>
 */
public record ShortLagSpatialCoherence(double shortLag) implements PixelMethod {
    /** A fifth of the aperture. */
    public static final ShortLagSpatialCoherence DEFAULT = new ShortLagSpatialCoherence(0.2);

    /** Checks the fraction. */
    public ShortLagSpatialCoherence {
        if (!(shortLag > 0) || !(shortLag <= 1)) {
            throw new IllegalArgumentException(
                    "slsc short lag " + shortLag + " must be a fraction of the aperture above 0 and up to 1");
        }
    }

    @Override
    public String text() {
        return "slsc:" + shortLag;
    }

    /** The number of lags for so many active elements. */
    int lags(int elements) {
        return Math.min(elements - 1, Math.max(1, (int) Math.round(shortLag * elements)));
    }

    /** The sum over lags. The samples are normalised in place; an element without signal correlates with nothing. */
    double coherence(PixelSamples s) {
        int n = s.count;
        for (int e = 0; e < n; e++) {
            double magnitude = Math.sqrt(s.re[e] * s.re[e] + s.im[e] * s.im[e]);
            if (magnitude > 0) {
                s.re[e] /= magnitude;
                s.im[e] /= magnitude;
            }
        }
        double total = 0;
        for (int m = 1; m <= lags(n); m++) {
            double sum = 0;
            for (int e = 0; e < n - m; e++) {
                sum += s.re[e] * s.re[e + m] + s.im[e] * s.im[e + m];
            }
            total += sum / (n - m);
        }
        return total;
    }
}
