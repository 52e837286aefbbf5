package org.fus.core.clutter;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * Removes from every pixel the polynomial along time that fits it best in the least squares sense. Products are float32;
 * the error is about 1e-6 of the tissue.
 *
 * @param degree highest power removed; 0 removes the mean
 * @see <a href="https://doi.org/10.1109/58.985705">Bjaerum et al. 2002, clutter filters for colour flow imaging</a>
 */
public record PolynomialClutterFilter(int degree) implements ClutterFilter {
    private static final String STEP = "polynomial clutter filter";

    /** Checks the number. */
    public PolynomialClutterFilter {
        if (degree < 0) {
            throw new IllegalArgumentException("polynomial degree " + degree + " must be 0 or more");
        }
    }

    @Override
    public void requireFrames(int frames) {
        if (degree + 1 >= frames) {
            throw new IllegalArgumentException("a polynomial of degree " + degree + " takes all of an ensemble of "
                    + frames + " frames; expected a degree below " + (frames - 1));
        }
    }

    @Override
    public IqEnsemble apply(IqEnsemble ensemble, RunContext context) {
        requireFrames(ensemble.frames());
        return TemporalSubspace.subtract(ensemble, vectors(ensemble.frames()), STEP, parameters(), context);
    }

    @Override
    public DopplerFrame power(IqEnsemble ensemble, RunContext context) {
        requireFrames(ensemble.frames());
        return TemporalSubspace.power(ensemble, vectors(ensemble.frames()), STEP, parameters(), context);
    }

    private Map<String, String> parameters() {
        return Map.of("degree", Integer.toString(degree));
    }

    /**
     * Discrete orthonormal polynomials by Gram-Schmidt on the powers of a centred time, each twice, because the first
     * round leaves rounding errors of the higher degrees.
     */
    double[][] vectors(int frames) {
        double[][] v = new double[degree + 1][frames];
        for (int k = 0; k <= degree; k++) {
            for (int t = 0; t < frames; t++) {
                double time = frames == 1 ? 0 : 2.0 * t / (frames - 1) - 1;
                v[k][t] = k == 0 ? 1 : time * v[k - 1][t];
            }
            for (int round = 0; round < 2; round++) {
                for (int j = 0; j < k; j++) {
                    subtract(v[k], v[j], dot(v[k], v[j]));
                }
            }
            double norm = Math.sqrt(dot(v[k], v[k]));
            for (int t = 0; t < frames; t++) {
                v[k][t] /= norm;
            }
        }
        return v;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * b[t];
        }
        return sum;
    }

    private static void subtract(double[] a, double[] b, double factor) {
        for (int t = 0; t < a.length; t++) {
            a[t] -= factor * b[t];
        }
    }
}
