package org.fus.io.uff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitDelays;

/**
 * Waves. In the format time counts from the moment at which the wave passes the origin of coordinates, here from the first
 * firing: the two differ by {@link TransmitDelays#originOffsetS}.
 */
final class UffWaves {
    private static final int PLANE = 0;
    private static final int SPHERICAL = 1;

    private UffWaves() {}

    static List<Transmit> transmits(UffNodes uff, List<String> waves, Probe probe) {
        List<Transmit> out = new ArrayList<>();
        for (String wave : waves) {
            // USTB takes a wave without this property as spherical.
            double front = uff.number(SPHERICAL, wave + "/wavefront");
            Optional<Vector3> source = uff.point(wave + "/source");
            if (front != PLANE && front != SPHERICAL) {
                throw new FusUnsupportedFormatException(
                        uff.hdf().source().name(),
                        wave + "/wavefront",
                        "code " + front + " is not supported (expected 0, plane, or 1, spherical)");
            }
            requireAtOrigin(uff, wave);
            if (front == PLANE || source.isEmpty()) {
                double azimuth = uff.number(0, wave + "/source/azimuth");
                double elevation = uff.number(0, wave + "/source/elevation");
                out.add(new Transmit.PlaneWave(azimuth, elevation));
            } else {
                out.add(spherical(uff, wave, source.get(), probe));
            }
        }
        return out;
    }

    /** Start of sampling of each wave, seconds after its first firing. */
    static List<Double> startTimesS(
            UffNodes uff, List<String> waves, List<Transmit> transmits, Probe probe, double initialS, double c) {
        List<Double> out = new ArrayList<>();
        for (int i = 0; i < waves.size(); i++) {
            double delayS = uff.number(0, waves.get(i) + "/delay");
            out.add(initialS + delayS + TransmitDelays.originOffsetS(transmits.get(i), probe, c));
        }
        return out;
    }

    private static Transmit spherical(UffNodes uff, String wave, Vector3 source, Probe probe) {
        for (int e = 0; e < probe.elements(); e++) {
            // A source on the face of an element is that element, within single precision.
            if (source.minus(probe.element(e).centerM()).length() <= 1e-6 + 1e-6 * source.length()) {
                return new Transmit.SingleElement(e);
            }
        }
        if (source.z() > 0) {
            return new Transmit.FocusedWave(source.x(), source.y(), source.z(), TransmitAperture.ALL);
        }
        if (source.z() < 0) {
            return new Transmit.DivergingWave(source.x(), source.y(), source.z(), TransmitAperture.ALL);
        }
        throw new FusUnsupportedFormatException(
                uff.hdf().source().name(),
                wave + "/source",
                "at " + source
                        + " m, on the array but on none of its elements (expected a source before or behind the"
                        + " array)");
    }

    private static void requireAtOrigin(UffNodes uff, String wave) {
        Optional<Vector3> origin = uff.has(wave + "/origin") ? uff.point(wave + "/origin") : Optional.empty();
        if (origin.isPresent() && origin.get().length() > 0) {
            throw new FusUnsupportedFormatException(
                    uff.hdf().source().name(),
                    wave + "/origin",
                    "at " + origin.get() + " m (expected the origin of coordinates); shift the probe in USTB");
        }
    }
}
