package org.fus.core.simulation;

/**
 * What sound travels through.
 *
 * @param soundSpeedMPerS speed of sound, metres per second
 * @param attenuationDbPerMPerHz loss of amplitude per path and frequency, dB/(m Hz); 0 is lossless
 */
public record Medium(double soundSpeedMPerS, double attenuationDbPerMPerHz) {
    /**
     * Soft tissue: 1540 m/s and 0.5 dB/cm/MHz, the usual figures of the field (Szabo, Diagnostic Ultrasound Imaging,
     * 2014, doi:10.1016/C2011-0-07261-7).
     */
    public static final Medium SOFT_TISSUE = new Medium(1540, 0.5e2 / 1e6);

    /** Checks the figures. */
    public Medium {
        if (!(soundSpeedMPerS > 0) || !Double.isFinite(soundSpeedMPerS)) {
            throw new IllegalArgumentException(
                    "soundSpeedMPerS is " + soundSpeedMPerS + ", expected a positive number");
        }
        if (!(attenuationDbPerMPerHz >= 0) || !Double.isFinite(attenuationDbPerMPerHz)) {
            throw new IllegalArgumentException(
                    "attenuationDbPerMPerHz is " + attenuationDbPerMPerHz + ", expected 0 or a positive number");
        }
    }

    /**
     * A medium without loss.
     *
     * @param soundSpeedMPerS speed of sound, metres per second
     * @return the medium
     */
    public static Medium lossless(double soundSpeedMPerS) {
        return new Medium(soundSpeedMPerS, 0);
    }
}
