package org.fus.hardware.motion;

import java.util.Optional;

/**
 * What a controller says about one axis.
 *
 * @param position in controller units, finite
 * @param moving whether it is under way
 * @param referenced whether its position has a reference
 * @param fault what the controller complains about, as long as it does
 */
public record AxisReading(double position, boolean moving, boolean referenced, Optional<MotionFault> fault) {
    /** Checks the position. */
    public AxisReading {
        if (!Double.isFinite(position)) {
            throw new IllegalArgumentException("position is " + position + ", expected a finite number");
        }
    }
}
