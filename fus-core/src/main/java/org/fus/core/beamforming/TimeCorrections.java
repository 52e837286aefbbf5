package org.fus.core.beamforming;

/**
 * What shifts echoes against the ideal clock, each under its own name. All zero by default: element positions are on the
 * face of the probe, time zero is the first firing, and the pulse is centred on it.
 *
 * @param timeZeroS the first firing on the clock of the samples, seconds; positive when the clock starts before it
 * @param pulsePeakS from the firing of an element to the peak of the received pulse, seconds, such as half the length of
 *     the excitation and the group delays of transmitter, element and receiver
 * @param lens what lies between the elements and the face
 */
public record TimeCorrections(double timeZeroS, double pulsePeakS, Lens lens) {
    /** No correction. */
    public static final TimeCorrections NONE = new TimeCorrections(0, 0, Lens.NONE);

    /** Checks the figures. */
    public TimeCorrections {
        if (!Double.isFinite(timeZeroS) || !Double.isFinite(pulsePeakS)) {
            throw new IllegalArgumentException(
                    "timeZeroS " + timeZeroS + " and pulsePeakS " + pulsePeakS + " must be finite seconds");
        }
    }

    /**
     * A flat layer in front of the elements. Receive paths refract in it (the fastest path, by Fermat); waves of a whole
     * aperture pass it at the angle of their middle.
     *
     * @param thicknessM metres, 0 for none
     * @param soundSpeedMPerS speed of sound in the layer, metres per second
     */
    public record Lens(double thicknessM, double soundSpeedMPerS) {
        /** No lens. */
        public static final Lens NONE = new Lens(0, 1540);

        private static final int NEWTON_STEPS = 5;

        /** Checks the figures. */
        public Lens {
            if (!(thicknessM >= 0)
                    || !(thicknessM < 0.1)
                    || !(soundSpeedMPerS > 0)
                    || !Double.isFinite(soundSpeedMPerS)) {
                throw new IllegalArgumentException("lens of " + thicknessM + " m at " + soundSpeedMPerS
                        + " m/s: the thickness must be from 0 to below 0.1 m, the speed positive");
            }
        }

        /** Time through the layer of a wave that meets the face under an angle, seconds. */
        double waveS(double sinAngle, double mediumMPerS) {
            double sin = Math.min(1, sinAngle * soundSpeedMPerS / mediumMPerS);
            return thicknessM * Math.sqrt(1 - sin * sin) / soundSpeedMPerS;
        }

        /** Time along the fastest path from a point of the medium, {@code offsetM} beside and {@code depthM} before. */
        double pathS(double offsetM, double depthM, double mediumMPerS) {
            double straight = Math.sqrt(offsetM * offsetM + depthM * depthM);
            if (thicknessM == 0 || depthM <= 0) {
                return straight / mediumMPerS + thicknessM / soundSpeedMPerS;
            }
            double u = offsetM * thicknessM * soundSpeedMPerS / (depthM * mediumMPerS + thicknessM * soundSpeedMPerS);
            for (int i = 0; i < NEWTON_STEPS; i++) {
                double inside = Math.sqrt(thicknessM * thicknessM + u * u);
                double outside = Math.sqrt(depthM * depthM + (offsetM - u) * (offsetM - u));
                double slope = u / (inside * soundSpeedMPerS) - (offsetM - u) / (outside * mediumMPerS);
                double bend = thicknessM * thicknessM / (inside * inside * inside * soundSpeedMPerS)
                        + depthM * depthM / (outside * outside * outside * mediumMPerS);
                u = Math.clamp(u - slope / bend, 0, offsetM);
            }
            return Math.sqrt(thicknessM * thicknessM + u * u) / soundSpeedMPerS
                    + Math.sqrt(depthM * depthM + (offsetM - u) * (offsetM - u)) / mediumMPerS;
        }
    }
}
