package org.fus.core.beamforming;

import org.fus.core.beamforming.TimeCorrections.Lens;
import org.fus.core.data.ChannelMap;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;

/**
 * Where the receive channels of one channel map are, what they hear, and when. A channel of several elements stands at
 * their centre. Everything in double.
 */
final class ReceiveChannels {
    private final Element[] elements;
    private final Vector3[] lengthAxes;
    private final double fNumber;
    private final double elevationFNumber;
    private final double minimumApertureM;
    private final double cosAcceptance;
    private final ReceiveWindow window;
    private final Lens lens;
    private final double soundSpeedMPerS;

    ReceiveChannels(Probe probe, ChannelMap map, int transmit, DasOptions options, double soundSpeedMPerS) {
        FNumber.Fixed f = options.fNumber().resolve(probe, soundSpeedMPerS);
        this.fNumber = f.lateral();
        this.elevationFNumber = f.elevation();
        this.minimumApertureM = options.minimumApertureM();
        // A right angle is no limit: then a pixel beside or behind an element counts, as far as the F-number lets it.
        this.cosAcceptance =
                options.acceptanceRad() >= Math.PI / 2 ? Double.NEGATIVE_INFINITY : Math.cos(options.acceptanceRad());
        this.window = options.window();
        this.lens = options.corrections().lens();
        this.soundSpeedMPerS = soundSpeedMPerS;
        this.elements = new Element[map.channels()];
        this.lengthAxes = new Vector3[map.channels()];
        for (int c = 0; c < elements.length; c++) {
            elements[c] = merged(probe, map.elements(transmit, c));
            lengthAxes[c] = elements[c] == null ? null : elements[c].lengthAxis();
        }
    }

    private static Element merged(Probe probe, int[] parts) {
        if (parts.length == 0) {
            return null;
        }
        Element first = probe.element(parts[0]);
        if (parts.length == 1) {
            return first;
        }
        Vector3 center = Vector3.ZERO;
        Vector3 normal = Vector3.ZERO;
        for (int e : parts) {
            center = center.plus(probe.element(e).centerM());
            normal = normal.plus(probe.element(e).normal());
        }
        normal = normal.unit();
        Vector3 axis =
                first.axis().minus(normal.times(first.axis().dot(normal))).unit();
        return new Element(
                center.times(1.0 / parts.length), normal, axis, first.widthM(), first.lengthM(), first.kind());
    }

    int count() {
        return elements.length;
    }

    boolean isConnected(int channel) {
        return elements[channel] != null;
    }

    /** Time from a point to a channel, seconds. */
    double timeS(int channel, Vector3 p) {
        Element e = elements[channel];
        return pathS(e, lengthAxes[channel], p);
    }

    /** Time between a point and an element, through the lens. */
    double timeS(Element e, Vector3 p) {
        return pathS(e, e.lengthAxis(), p);
    }

    private double pathS(Element e, Vector3 length, Vector3 p) {
        double dx = p.x() - e.centerM().x();
        double dy = p.y() - e.centerM().y();
        double dz = p.z() - e.centerM().z();
        double along = dx * length.x() + dy * length.y() + dz * length.z();
        double left = switch (e.kind()) {
            case POINT -> 0;
            case SLICE -> along;
            case LINE -> Math.clamp(along, -e.lengthM() / 2, e.lengthM() / 2);
        };
        dx -= left * length.x();
        dy -= left * length.y();
        dz -= left * length.z();
        double squared = dx * dx + dy * dy + dz * dz;
        if (lens.thicknessM() == 0) {
            return Math.sqrt(squared) / soundSpeedMPerS;
        }
        double depth =
                dx * e.normal().x() + dy * e.normal().y() + dz * e.normal().z();
        return lens.pathS(Math.sqrt(Math.max(0, squared - depth * depth)), depth, soundSpeedMPerS);
    }

    /** Apodization of a channel at a point; NaN when the channel is not part of the aperture. */
    double weight(int channel, Vector3 p) {
        Element e = elements[channel];
        if (e == null) {
            return Double.NaN;
        }
        double dx = p.x() - e.centerM().x();
        double dy = p.y() - e.centerM().y();
        double dz = p.z() - e.centerM().z();
        double depth =
                dx * e.normal().x() + dy * e.normal().y() + dz * e.normal().z();
        double offset =
                Math.abs(dx * e.axis().x() + dy * e.axis().y() + dz * e.axis().z());
        double half = halfAperture(depth, fNumber);
        if (!(offset <= half)) {
            return Double.NaN;
        }
        Vector3 length = lengthAxes[channel];
        double across = Math.abs(dx * length.x() + dy * length.y() + dz * length.z());
        double weight = windowed(offset, half);
        double squared = depth * depth + offset * offset;
        switch (e.kind()) {
            case POINT -> {
                double halfAcross = halfAperture(depth, elevationFNumber);
                if (!(across <= halfAcross)) {
                    return Double.NaN;
                }
                weight *= windowed(across, halfAcross);
                squared += across * across;
            }
            case SLICE -> {
                if (across > e.lengthM() / 2) {
                    return Double.NaN;
                }
            }
            case LINE -> {}
        }
        return depth >= cosAcceptance * Math.sqrt(squared) ? weight : Double.NaN;
    }

    private double halfAperture(double depth, double f) {
        return f == 0 ? Double.POSITIVE_INFINITY : Math.max(depth / (2 * f), minimumApertureM / 2);
    }

    private double windowed(double offset, double half) {
        return offset == 0 || Double.isInfinite(half) ? window.weight(0) : window.weight(offset / (2 * half));
    }

    /** Whether a point coincides with the face of a channel, where nothing can be imaged. */
    boolean isInElement(int channel, Vector3 p) {
        Element e = elements[channel];
        if (e == null) {
            return false;
        }
        Vector3 way = p.minus(e.centerM());
        return Math.abs(way.dot(e.normal())) < 1e-9 && way.length() < 1e-9;
    }
}
