package org.fus.core.beamforming;

/**
 * Choices of a Stolt f-k migration.
 *
 * @param timePadding length of the transform over time in records; at least 1. What lies beyond the record is zero. The
 *     spectrum is interpolated linearly, which dims an image by {@code sinc^2(1 / timePadding)} towards the end of the
 *     record.
 * @param lateralPadding length of the transform over elements in arrays; at least 1. Echoes that leave the image at one
 *     side come back at the other when there is too little of it.
 */
public record FkOptions(double timePadding, double lateralPadding) {
    /** 4 and 1.5, as in the program of the authors (Garcia et al. 2013, doi:10.1109/TUFFC.2013.2771). */
    public static final FkOptions DEFAULTS = new FkOptions(4, 1.5);

    /** Checks the choices. */
    public FkOptions {
        if (!(timePadding >= 1) || !(timePadding <= 64) || !(lateralPadding >= 1) || !(lateralPadding <= 64)) {
            throw new IllegalArgumentException("f-k migration with paddings of " + timePadding + " (time) and "
                    + lateralPadding + " (lateral): both must be between 1 and 64");
        }
    }
}
