package org.fus.core.beamforming;

/**
 * Delay-and-sum times the generalised coherence factor: the share of the energy of the samples that lies in the lowest
 * spatial frequencies across the aperture, {@code |k| <= cutoff} of a transform of length N. With cutoff 0 it is the
 * {@link CoherenceFactor}; a higher one keeps speckle and tolerates focusing errors, which spread echoes over
 * neighbouring frequencies. {@code O(N cutoff)} per pixel and frame.
 *
 * @param cutoff highest spatial frequency that counts as coherent, in cycles per aperture; default 1, the first of the
 *     values that Li and Li compare
 * @see <a href="https://doi.org/10.1109/TUFFC.2003.1182117">Li and Li 2003, adaptive imaging using the generalized
 *     coherence factor</a>
 */
public record GeneralizedCoherenceFactor(int cutoff) implements PixelMethod {
    /** Cutoff 1. */
    public static final GeneralizedCoherenceFactor DEFAULT = new GeneralizedCoherenceFactor(1);

    /** Checks the cutoff. */
    public GeneralizedCoherenceFactor {
        if (cutoff < 0) {
            throw new IllegalArgumentException("gcf cutoff " + cutoff + " must be 0 or more cycles per aperture");
        }
    }

    @Override
    public String text() {
        return "gcf:" + cutoff;
    }

    /** The factor, 0 where there is no signal. */
    double factor(PixelSamples s) {
        int n = s.count;
        double energy = 0;
        for (int e = 0; e < n; e++) {
            energy += s.re[e] * s.re[e] + s.im[e] * s.im[e];
        }
        if (energy == 0) {
            return 0;
        }
        if (2 * cutoff + 1 >= n) {
            return 1;
        }
        double low = 0;
        for (int k = -cutoff; k <= cutoff; k++) {
            low += energyAt(k, s);
        }
        // By Parseval the sum over all frequencies is n times the energy.
        return low / (n * energy);
    }

    private static double energyAt(int k, PixelSamples s) {
        double stepRe = Math.cos(2 * Math.PI * k / s.count);
        double stepIm = -Math.sin(2 * Math.PI * k / s.count);
        double c = 1;
        double d = 0;
        double re = 0;
        double im = 0;
        for (int e = 0; e < s.count; e++) {
            re += s.re[e] * c - s.im[e] * d;
            im += s.re[e] * d + s.im[e] * c;
            double next = c * stepRe - d * stepIm;
            d = c * stepIm + d * stepRe;
            c = next;
        }
        return re * re + im * im;
    }
}
