package org.fus.core.beamforming;

/**
 * Delay-and-sum times the coherence factor {@code |sum s|^2 / (N sum |s|^2)}: 1 for a wavefront that all N elements hear
 * alike, 1/N on average for noise that is independent from element to element. The factor is that of the samples without
 * window. No parameters. {@code O(N)} per pixel and frame.
 *
 * @see <a href="https://doi.org/10.1121/1.410562">Mallart and Fink 1994, adaptive focusing in scattering media</a>
 */
public record CoherenceFactor() implements PixelMethod {
    @Override
    public String text() {
        return "cf";
    }

    /** The factor, 0 where there is no signal. */
    static double factor(PixelSamples s) {
        double re = 0;
        double im = 0;
        double energy = 0;
        for (int e = 0; e < s.count; e++) {
            re += s.re[e];
            im += s.im[e];
            energy += s.re[e] * s.re[e] + s.im[e] * s.im[e];
        }
        return energy == 0 ? 0 : (re * re + im * im) / (s.count * energy);
    }
}
