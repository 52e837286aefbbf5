package org.fus.core.simulation;

import java.util.Objects;

/**
 * A piece of tissue that moves rigidly.
 *
 * @param atRest its scatterers where they are without motion
 * @param motion how it moves
 */
public record TissueRegion(Scatterers atRest, TissueMotion motion) {
    /** Checks that the region holds something. */
    public TissueRegion {
        Objects.requireNonNull(motion, "motion");
        if (atRest.size() == 0) {
            throw new IllegalArgumentException("a tissue region without scatterers; leave the region out");
        }
    }
}
