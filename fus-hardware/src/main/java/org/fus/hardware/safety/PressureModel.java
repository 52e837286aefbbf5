package org.fus.hardware.safety;

/**
 * How much pressure the probe makes, as far as it is known.
 *
 * @param pascalPerVolt peak rarefactional pressure in water per volt, at the depth
 * @param depthM where it is largest, metres
 * @param apertureAreaM2 area of the active aperture, square metres
 * @param calibrated whether it was measured with a hydrophone on this probe
 */
public record PressureModel(double pascalPerVolt, double depthM, double apertureAreaM2, boolean calibrated) {
    /**
     * A guess on the safe side for the arrays of fUS, in the absence of a measurement: 40 kPa/V (1 MPa at 25 V, the upper end
     * of what is reported for such arrays at 15 MHz) at 8 mm, an aperture of 14 x 1.5 mm.
     */
    public static final PressureModel UNCALIBRATED = new PressureModel(40e3, 8e-3, 14e-3 * 1.5e-3, false);

    /** Checks the figures. */
    public PressureModel {
        if (!(pascalPerVolt > 0) || !(depthM > 0) || !(apertureAreaM2 > 0)) {
            throw new IllegalArgumentException("pressure model of " + pascalPerVolt + " Pa/V at " + depthM
                    + " m, aperture " + apertureAreaM2 + " m2: all must be positive");
        }
    }
}
