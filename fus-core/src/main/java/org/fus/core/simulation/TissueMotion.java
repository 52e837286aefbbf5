package org.fus.core.simulation;

import java.util.List;

/**
 * How a piece of tissue moves as a whole: a slow drift plus oscillations such as heart beat and breathing.
 *
 * @param driftXMPerS lateral drift, metres per second
 * @param driftZMPerS drift in depth, metres per second
 * @param oscillations sinusoids added to the drift
 */
public record TissueMotion(double driftXMPerS, double driftZMPerS, List<Oscillation> oscillations) {
    /** No motion. */
    public static final TissueMotion NONE = new TissueMotion(0, 0, List.of());

    /**
     * A displacement of {@code amplitude * sin(2 pi f t + phase)}.
     *
     * @param frequencyHz f, hertz
     * @param amplitudeXM lateral amplitude, metres
     * @param amplitudeZM amplitude in depth, metres
     * @param phaseRad phase at time 0, radians
     */
    public record Oscillation(double frequencyHz, double amplitudeXM, double amplitudeZM, double phaseRad) {
        /** Checks the figures. */
        public Oscillation {
            if (!(frequencyHz >= 0) || !Double.isFinite(frequencyHz + amplitudeXM + amplitudeZM + phaseRad)) {
                throw new IllegalArgumentException("oscillation of " + frequencyHz + " Hz, amplitudes " + amplitudeXM
                        + " and " + amplitudeZM + " m, phase " + phaseRad + " rad: all must be finite, the frequency"
                        + " not negative");
            }
        }
    }

    /** Checks and copies. */
    public TissueMotion {
        oscillations = List.copyOf(oscillations);
        if (!Double.isFinite(driftXMPerS + driftZMPerS)) {
            throw new IllegalArgumentException(
                    "tissue drift of " + driftXMPerS + " and " + driftZMPerS + " m/s must be finite");
        }
    }

    /**
     * Lateral displacement from rest.
     *
     * @param timeS seconds since the first frame
     * @return metres
     */
    public double xM(double timeS) {
        double x = driftXMPerS * timeS;
        for (Oscillation o : oscillations) {
            x += o.amplitudeXM() * sine(o, timeS);
        }
        return x;
    }

    /**
     * Displacement in depth from rest.
     *
     * @param timeS seconds since the first frame
     * @return metres, positive away from the probe
     */
    public double zM(double timeS) {
        double z = driftZMPerS * timeS;
        for (Oscillation o : oscillations) {
            z += o.amplitudeZM() * sine(o, timeS);
        }
        return z;
    }

    private static double sine(Oscillation o, double timeS) {
        // StrictMath: the same bits on every machine
        return StrictMath.sin(2 * Math.PI * o.frequencyHz() * timeS + o.phaseRad());
    }
}
