package org.fus.core.simulation;

import java.util.Objects;
import org.fus.core.geometry.Vector3;

/**
 * A place that answers to a stimulus: at full response the blood volume is {@code 1 + amplitude exp(-d^2 / (2 radius^2))}
 * times that at rest, at a distance d from the centre.
 *
 * @param centreM the middle, LAB frame, metres
 * @param radiusM standard deviation of its extent, metres, positive
 * @param amplitude relative change in the middle, more than -1
 * @param response how it follows a stimulus
 */
public record FunctionalRegion(Vector3 centreM, double radiusM, double amplitude, HaemodynamicResponse response) {
    /** Checks the figures. */
    public FunctionalRegion {
        Objects.requireNonNull(response, "response");
        if (!centreM.isFinite() || !(radiusM > 0) || !(amplitude > -1) || !Double.isFinite(radiusM + amplitude)) {
            throw new IllegalArgumentException("functional region at " + centreM + " m, radius " + radiusM
                    + " m, amplitude " + amplitude + ": expected a finite place, a positive radius, more than -1");
        }
    }

    /**
     * How much a place takes part.
     *
     * @param x LAB, metres
     * @param y LAB, metres
     * @param z LAB, metres
     * @return 1 in the middle, 0 far away
     */
    public double weight(double x, double y, double z) {
        double dx = x - centreM.x();
        double dy = y - centreM.y();
        double dz = z - centreM.z();
        return StrictMath.exp(-(dx * dx + dy * dy + dz * dz) / (2 * radiusM * radiusM));
    }
}
