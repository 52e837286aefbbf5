package org.fus.core.sequence;

import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;

/**
 * The ideal wavefront of a transmit and the aperture that fires it. Elements that are long, or focused along their
 * length, make waves that do not vary along it: that direction is left out of every path.
 */
final class Wavefront {
    private final Transmit transmit;
    private final Probe probe;
    private final TransmitAperture aperture;
    /** The common length of all firing elements, or null when the wave varies in all directions. */
    private final Vector3 uniform;

    private final Vector3 centerM;

    private Wavefront(Transmit transmit, Probe probe) {
        this.transmit = transmit;
        this.probe = probe;
        this.aperture = transmit.aperture();
        this.uniform = commonLength();
        this.centerM = center();
    }

    static Wavefront of(Transmit transmit, Probe probe) {
        return new Wavefront(transmit, probe);
    }

    private Vector3 commonLength() {
        Vector3 common = null;
        for (int e = 0; e < probe.elements(); e++) {
            if (fires(e)) {
                Element element = probe.element(e);
                Vector3 along = element.lengthAxis();
                boolean turned = common != null && Math.abs(common.dot(along)) < 1 - 1e-9;
                if (turned || element.kind() == Element.Kind.POINT) {
                    return null;
                }
                common = common == null ? along : common;
            }
        }
        return common;
    }

    private Vector3 center() {
        Vector3 sum = Vector3.ZERO;
        double weights = 0;
        for (int e = 0; e < probe.elements(); e++) {
            double w = Math.abs(aperture.weight(e));
            sum = sum.plus(probe.element(e).centerM().times(w));
            weights += w;
        }
        return sum.times(1 / weights);
    }

    boolean fires(int element) {
        return aperture.weight(element) != 0;
    }

    /** Weighted centre of the elements that fire. */
    Vector3 centerM() {
        return centerM;
    }

    /** A vector without its part along which the wave does not vary. */
    Vector3 across(Vector3 v) {
        return uniform == null ? v : v.minus(uniform.times(v.dot(uniform)));
    }

    double distanceM(Vector3 a, Vector3 b) {
        return across(a.minus(b)).length();
    }

    /** Signed path along which the wavefront has travelled when it passes a point, up to a constant per wave. */
    double pathM(Vector3 pointM) {
        return switch (transmit) {
            case Transmit.PlaneWave w -> across(pointM).dot(w.direction());
            case Transmit.DivergingWave w -> distanceM(pointM, w.sourceM());
            case Transmit.FocusedWave w -> -distanceM(pointM, w.focusM());
            case Transmit.SingleElement w -> probe.element(w.element()).distanceM(pointM);
            case Transmit.ElementDelays _ ->
                throw new IllegalArgumentException("a law of delays has no ideal wavefront; use its first arrival");
        };
    }

    /** The path at the element that fires first. */
    double firstPathM() {
        double first = Double.POSITIVE_INFINITY;
        for (int e = 0; e < probe.elements(); e++) {
            if (fires(e)) {
                first = Math.min(first, pathM(probe.element(e).centerM()));
            }
        }
        return first;
    }

    /** Tangent of the half angle at which the aperture is seen from a focus, around an axis. */
    double tanHalfAngle(Vector3 focusM, Vector3 axis) {
        double most = 0;
        for (int e = 0; e < probe.elements(); e++) {
            if (fires(e)) {
                Vector3 v = across(focusM.minus(probe.element(e).centerM()));
                double along = v.dot(axis);
                most = Math.max(most, v.minus(axis.times(along)).length() / along);
            }
        }
        return most;
    }
}
