package org.fus.core.sequence;

import org.fus.core.probe.Probe;

/**
 * When each element fires. Delay laws as in MUST (Garcia 2021, doi:10.1109/IUS52206.2021.9593605): the smallest delay of a
 * law is 0.
 */
public final class TransmitDelays {
    private TransmitDelays() {}

    /**
     * The delay law of a transmit.
     *
     * @param transmit the wave
     * @param probe the array
     * @param soundSpeedMPerS speed of sound, metres per second
     * @return one delay per element, seconds, the smallest of them 0
     */
    public static double[] delaysS(Transmit transmit, Probe probe, double soundSpeedMPerS) {
        double[] delays = new double[probe.elements()];
        for (int e = 0; e < delays.length; e++) {
            delays[e] = wavefrontM(transmit, probe.elementXM(e), probe.elementZM(e)) / soundSpeedMPerS;
        }
        double first = firstFiring(delays);
        for (int e = 0; e < delays.length; e++) {
            delays[e] -= first;
        }
        return delays;
    }

    /**
     * The time from the first firing to the moment at which the ideal wavefront passes the origin of the ARRAY frame.
     * Analytic travel times are the wave's path from the origin plus this. On a linear probe a plane wave has
     * {@code |sin tilt| (n - 1) / 2 pitch / c}.
     *
     * @param transmit the wave
     * @param probe the array
     * @param soundSpeedMPerS speed of sound, metres per second
     * @return seconds
     */
    public static double originOffsetS(Transmit transmit, Probe probe, double soundSpeedMPerS) {
        double first = Double.POSITIVE_INFINITY;
        for (int e = 0; e < probe.elements(); e++) {
            first = Math.min(first, wavefrontM(transmit, probe.elementXM(e), probe.elementZM(e)));
        }
        return (wavefrontM(transmit, 0, 0) - first) / soundSpeedMPerS;
    }

    /** Signed path along which the wavefront has travelled when it passes (x, z), up to a constant per wave. */
    private static double wavefrontM(Transmit transmit, double xM, double zM) {
        return switch (transmit) {
            case Transmit.PlaneWave w -> xM * Math.sin(w.tiltRad()) + zM * Math.cos(w.tiltRad());
            case Transmit.DivergingWave w -> Math.hypot(xM - w.sourceXM(), zM - w.sourceZM());
            case Transmit.FocusedWave w -> -Math.hypot(xM - w.focusXM(), zM - w.focusZM());
        };
    }

    private static double firstFiring(double[] delays) {
        double first = Double.POSITIVE_INFINITY;
        for (double d : delays) {
            first = Math.min(first, d);
        }
        return first;
    }
}
