package org.fus.core.clutter;

import java.util.Objects;

/**
 * Which singular components of an ensemble are kept. Components are ordered by energy, strongest first; the energy is the
 * eigenvalue of {@code S S^H}, the squared singular value, not normalised. What is kept is always one run of components.
 */
public sealed interface ComponentRule {
    /** As the end of a range: nothing is removed at the weak end. */
    int ALL = Integer.MAX_VALUE;

    /**
     * Components {@code [low, high)}.
     *
     * @param low components removed at the strong end
     * @param high first component removed at the weak end; {@link ComponentRule#ALL} keeps them
     * @see <a href="https://doi.org/10.1109/TMI.2015.2428634">Demene et al. 2015, spatiotemporal clutter filtering</a>
     */
    record ByIndex(int low, int high) implements ComponentRule {
        /** Checks the range. */
        public ByIndex {
            if (low < 0 || high <= low) {
                throw new IllegalArgumentException("SVD filter keeps components " + low + " to " + high
                        + ": the first must be 0 or more and the second larger than the first");
            }
        }
    }

    /**
     * Components whose energy lies in a range, both ends included.
     *
     * @param lowest weaker components are removed; 0 keeps them
     * @param highest stronger components are removed
     */
    record ByEnergy(double lowest, double highest) implements ComponentRule {
        /** Checks the range. */
        public ByEnergy {
            if (!(lowest >= 0 && highest > lowest)) {
                throw new IllegalArgumentException("SVD filter keeps energies " + lowest + " to " + highest
                        + ": the first must be 0 or more and the second larger than the first");
            }
        }
    }

    /**
     * Components by the energy that they and all weaker ones hold together: those are kept for which this sum, counted
     * from the weakest up, lies in a range, both ends included.
     *
     * @param lowest components with a smaller sum are removed; 0 keeps them
     * @param highest components with a larger sum are removed
     */
    record ByCumulativeEnergy(double lowest, double highest) implements ComponentRule {
        /** Checks the range. */
        public ByCumulativeEnergy {
            if (!(lowest >= 0 && highest > lowest)) {
                throw new IllegalArgumentException("SVD filter keeps cumulative energies " + lowest + " to " + highest
                        + ": the first must be 0 or more and the second larger than the first");
            }
        }
    }

    /**
     * Automatic: tissue components share one spatial pattern of magnitudes, blood components another. The matrix of
     * correlations between the magnitudes of the spatial singular vectors then shows two squares along its diagonal; the
     * two squares that fit it best are found by exhaustive search.
     *
     * <p>Cost: {@code 4 frames^2 pixels} multiply-adds more than a cutoff by index.
     *
     * @param removeNoise whether what lies behind the second square is removed too
     * @see <a href="https://doi.org/10.1109/TMI.2018.2789499">Baranger et al. 2018, similarity of spatial singular
     *     vectors</a>
     */
    record SpatialSimilarity(boolean removeNoise) implements ComponentRule {}

    /**
     * Automatic: the turning point of the curve of singular values in decibels, where it leaves the steep fall of tissue:
     * the point farthest below the straight line between its ends.
     *
     * @see <a href="https://doi.org/10.1109/TMI.2018.2789499">Baranger et al. 2018 compare such estimators</a>
     * @see <a href="https://doi.org/10.1177/25.7.70454">Zack et al. 1977, the triangle method</a>
     */
    record TurningPoint() implements ComponentRule {}

    /**
     * Automatic, for the weak end alone: components that white noise explains are removed. The eigenvalues of white noise
     * in P independent pixels and n frames spread over {@code 4 sqrt(n / P)} of their mean (Marchenko and Pastur); the
     * longest run of weak components that keeps to this is noise.
     *
     * @param independentFraction independent samples per pixel, 0 to 1: the area of a pixel over that of a resolution cell
     *     when pixels are finer than the resolution; 1 takes every pixel as independent
     * @see <a href="https://doi.org/10.1016/j.neuroimage.2016.08.016">Veraart et al. 2016, the same estimator in MRI</a>
     */
    record NoiseFloor(double independentFraction) implements ComponentRule {
        /** Checks the fraction. */
        public NoiseFloor {
            if (!(independentFraction > 0 && independentFraction <= 1)) {
                throw new IllegalArgumentException("independent fraction " + independentFraction
                        + " of the noise floor: expected more than 0 and at most 1");
            }
        }
    }

    /**
     * Components that both rules keep.
     *
     * @param first such as a rule for the strong end
     * @param second such as a rule for the weak end
     */
    record Both(ComponentRule first, ComponentRule second) implements ComponentRule {
        /** Checks that nothing is missing. */
        public Both {
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(second, "second");
        }
    }

    /**
     * Removal of the strongest components.
     *
     * @param components how many
     * @return a rule by index
     */
    static ComponentRule removing(int components) {
        return new ByIndex(components, ALL);
    }

    /**
     * This rule and another one.
     *
     * @param other removes more
     * @return keeps what both keep
     */
    default ComponentRule and(ComponentRule other) {
        return new Both(this, other);
    }

    /**
     * Checks, before any work, that the rule can be met by ensembles of this length.
     *
     * @param frames frames of the ensemble
     * @throws IllegalArgumentException when it cannot
     */
    default void requireFrames(int frames) {
        switch (this) {
            case ByIndex(int low, int high) -> {
                if (low >= frames) {
                    throw new IllegalArgumentException("SVD filter removes " + low + " components of an ensemble of "
                            + frames + (frames == 1 ? " frame" : " frames")
                            + "; the cutoff must be below the number of frames");
                }
                if (high != ALL && high > frames) {
                    throw new IllegalArgumentException("SVD filter keeps components up to " + high
                            + " of an ensemble of " + frames + " frames; use at most " + frames);
                }
            }
            case Both(ComponentRule first, ComponentRule second) -> {
                first.requireFrames(frames);
                second.requireFrames(frames);
            }
            case SpatialSimilarity s -> requireAtLeast(8, frames, s);
            case TurningPoint t -> requireAtLeast(8, frames, t);
            case NoiseFloor f -> requireAtLeast(8, frames, f);
            case ByEnergy e -> requireAtLeast(1, frames, e);
            case ByCumulativeEnergy e -> requireAtLeast(1, frames, e);
        }
    }

    private static void requireAtLeast(int least, int frames, ComponentRule rule) {
        if (frames < least) {
            throw new IllegalArgumentException("the automatic threshold " + rule + " needs at least " + least
                    + " frames, the ensemble has " + frames + "; choose a cutoff by index");
        }
    }
}
