package org.fus.core.beamforming;

/**
 * How the aligned samples of a pixel, one per element, become its value. Immutable; every method stands in a file of its
 * own and says where it comes from.
 */
public sealed interface PixelMethod
        permits PlainSum,
                CoherenceFactor,
                GeneralizedCoherenceFactor,
                PhaseCoherenceFactor,
                ShortLagSpatialCoherence,
                DelayMultiplyAndSum,
                Capon {
    /**
     * The method and its parameters as people type them.
     *
     * @return such as {@code gcf:1}
     */
    String text();
}
