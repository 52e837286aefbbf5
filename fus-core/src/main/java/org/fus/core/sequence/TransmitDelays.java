package org.fus.core.sequence;

import org.fus.core.geometry.Vector3;
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
     * @return one delay per element, seconds, the smallest of them 0; NaN for an element that does not fire. Those of
     *     {@link Transmit.ElementDelays} as they are.
     */
    public static double[] delaysS(Transmit transmit, Probe probe, double soundSpeedMPerS) {
        double[] delays = new double[probe.elements()];
        TransmitAperture aperture = transmit.aperture();
        Wavefront wave = Wavefront.of(transmit, probe);
        for (int e = 0; e < delays.length; e++) {
            delays[e] = switch (transmit) {
                case Transmit.ElementDelays law -> law.delaysS().get(e);
                case Transmit.SingleElement _ -> 0;
                default -> wave.pathM(probe.element(e).centerM()) / soundSpeedMPerS;
            };
            delays[e] = aperture.weight(e) == 0 ? Double.NaN : delays[e];
        }
        if (transmit instanceof Transmit.ElementDelays) {
            return delays;
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
     * @param transmit a plane, diverging or focused wave
     * @param probe the array
     * @param soundSpeedMPerS speed of sound, metres per second
     * @return seconds
     */
    public static double originOffsetS(Transmit transmit, Probe probe, double soundSpeedMPerS) {
        Wavefront wave = Wavefront.of(transmit, probe);
        return (wave.pathM(Vector3.ZERO) - wave.firstPathM()) / soundSpeedMPerS;
    }

    private static double firstFiring(double[] delays) {
        double first = Double.POSITIVE_INFINITY;
        for (double d : delays) {
            first = d < first ? d : first;
        }
        return first;
    }
}
