package org.fus.core.beamforming;

/**
 * Delay-and-sum times the phase coherence factor {@code max(0, 1 - strength / sigma0 min(sigma(p), sigma(q)))}: sigma is
 * the standard deviation of the phases p of the samples over elements, q are the same phases turned by half a turn (so
 * that phases around the cut at pi do not count as spread), and {@code sigma0 = pi / sqrt(3)} that of phases without any
 * order. 1 for a coherent wavefront, whatever the amplitudes; near 0 for noise. {@code O(N)} per pixel and frame.
 *
 * @param strength how hard incoherence is punished; default 1 (Camacho et al.)
 * @see <a href="https://doi.org/10.1109/TUFFC.2009.1128">Camacho et al. 2009, phase coherence imaging</a>
 */
public record PhaseCoherenceFactor(double strength) implements PixelMethod {
    /** Strength 1. */
    public static final PhaseCoherenceFactor DEFAULT = new PhaseCoherenceFactor(1);

    private static final double SIGMA_0 = Math.PI / Math.sqrt(3);

    /** Checks the strength. */
    public PhaseCoherenceFactor {
        if (!(strength > 0) || !Double.isFinite(strength)) {
            throw new IllegalArgumentException("pcf strength " + strength + " must be a positive number, such as 1");
        }
    }

    @Override
    public String text() {
        return "pcf:" + strength;
    }

    /** The factor, 0 where there is no signal. Elements without any signal have no phase and do not count. */
    double factor(PixelSamples s) {
        int n = 0;
        double sum = 0;
        double squares = 0;
        double turnedSum = 0;
        double turnedSquares = 0;
        for (int e = 0; e < s.count; e++) {
            if (s.re[e] == 0 && s.im[e] == 0) {
                continue;
            }
            double p = Math.atan2(s.im[e], s.re[e]);
            double q = p < 0 ? p + Math.PI : p - Math.PI;
            n++;
            sum += p;
            squares += p * p;
            turnedSum += q;
            turnedSquares += q * q;
        }
        if (n == 0) {
            return 0;
        }
        double variance = Math.min(variance(sum, squares, n), variance(turnedSum, turnedSquares, n));
        return Math.max(0, 1 - strength / SIGMA_0 * Math.sqrt(variance));
    }

    private static double variance(double sum, double squares, int n) {
        return Math.max(0, squares / n - sum / n * (sum / n));
    }
}
