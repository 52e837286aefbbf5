package org.fus.hardware.bridge;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;
import org.fus.hardware.ClockGrid;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceInfo;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.ProbePort;

/** What a device is, on the wire. */
final class DeviceCodec {
    private DeviceCodec() {}

    static void info(WireWriter out, DeviceInfo info) {
        out.text(info.name()).text(info.model()).text(info.version());
    }

    static DeviceInfo readInfo(WireReader in) {
        return new DeviceInfo(in.text(), in.text(), in.text());
    }

    static void limits(WireWriter out, DeviceLimits l) {
        out.u32(l.channels())
                .u32(l.transmits())
                .u32(l.samples())
                .f64(l.samplingFrequencyHz())
                .f64(l.pulseRepetitionFrequencyHz())
                .i64(l.blockBytes())
                .f64(l.voltageV())
                .f64(l.dutyCycle())
                .f64(l.probeTemperatureC())
                .f64(l.clocks().transmitClockHz())
                .f64(l.clocks().receiveClockHz())
                .u32(l.clocks().sampleStep());
    }

    static DeviceLimits readLimits(WireReader in) {
        try {
            return new DeviceLimits(
                    in.u32(),
                    in.u32(),
                    in.u32(),
                    in.f64(),
                    in.f64(),
                    in.i64(),
                    in.f64(),
                    in.f64(),
                    in.f64(),
                    new ClockGrid(in.f64(), in.f64(), in.u32()));
        } catch (IllegalArgumentException e) {
            throw in.fault(e.getMessage());
        }
    }

    static void fault(WireWriter out, DeviceFault fault) {
        out.oneOf(Choices.FAULT, fault.kind()).text(fault.message());
    }

    static DeviceFault readFault(WireReader in) {
        return new DeviceFault(in.oneOf(Choices.FAULT), in.text());
    }

    static void port(WireWriter out, ProbePort port) {
        out.text(port.name()).f64(port.temperatureC()).flag(port.probe().isPresent());
        port.probe().ifPresent(p -> probe(out, p));
    }

    static ProbePort readPort(WireReader in) {
        String name = in.text();
        double temperatureC = in.f64();
        return new ProbePort(name, in.flag() ? Optional.of(readProbe(in)) : Optional.empty(), temperatureC);
    }

    /** A probe; its elements are listed where they do not follow from pitch and radius. */
    static void probe(WireWriter out, Probe p) {
        boolean listed = !isRow(p);
        out.text(p.name())
                .oneOf(Choices.PROBE, p.type())
                .u32(p.elements())
                .f64(p.pitchM())
                .f64(p.elementWidthM())
                .f64(p.elevationApertureM())
                .f64(p.elevationFocusM())
                .f64(p.radiusM())
                .f64(p.centerFrequencyHz())
                .f64(p.fractionalBandwidth())
                .flag(listed);
        for (int e = 0; listed && e < p.elements(); e++) {
            element(out, p.element(e));
        }
    }

    static Probe readProbe(WireReader in) {
        String name = in.text();
        Probe.Type type = in.oneOf(Choices.PROBE);
        int elements = in.u32();
        double pitchM = in.f64();
        double widthM = in.f64();
        double apertureM = in.f64();
        double focusM = in.f64();
        double radiusM = in.f64();
        double centerHz = in.f64();
        double bandwidth = in.f64();
        if (elements > 1 << 20) {
            throw in.fault("probe " + name + " has " + elements + " elements, expected at most " + (1 << 20));
        }
        try {
            Probe.Builder builder = in.flag()
                    ? Probe.custom(name, type, in.list(elements, 89, DeviceCodec::readElement), pitchM, centerHz)
                    : row(name, type, elements, pitchM, radiusM, centerHz);
            return builder.elementWidthM(widthM)
                    .elevation(apertureM, focusM)
                    .fractionalBandwidth(bandwidth)
                    .build();
        } catch (IllegalArgumentException e) {
            throw in.fault(e.getMessage());
        }
    }

    private static Probe.Builder row(
            String name, Probe.Type type, int elements, double pitchM, double radiusM, double centerHz) {
        return switch (type) {
            case LINEAR -> Probe.linear(name, elements, pitchM, centerHz);
            case PHASED -> Probe.phased(name, elements, pitchM, centerHz);
            case CONVEX -> Probe.convex(name, elements, pitchM, radiusM, centerHz);
            default ->
                throw new IllegalArgumentException(
                        "probe " + name + " of type " + type + " lists no elements; only rows go without");
        };
    }

    private static boolean isRow(Probe p) {
        boolean row = p.type() == Probe.Type.LINEAR
                || p.type() == Probe.Type.PHASED
                || (p.type() == Probe.Type.CONVEX && Double.isFinite(p.radiusM()));
        if (!row || !(p.pitchM() > 0)) {
            return false;
        }
        Probe same = row(p.name(), p.type(), p.elements(), p.pitchM(), p.radiusM(), p.centerFrequencyHz())
                .elementWidthM(p.elementWidthM())
                .elevation(p.elevationApertureM(), p.elevationFocusM())
                .build();
        return IntStream.range(0, p.elements()).allMatch(e -> same.element(e).equals(p.element(e)));
    }

    private static void element(WireWriter out, Element e) {
        for (Vector3 v : List.of(e.centerM(), e.normal(), e.axis())) {
            out.f64(v.x()).f64(v.y()).f64(v.z());
        }
        out.f64(e.widthM()).f64(e.lengthM()).oneOf(Choices.ELEMENT, e.kind());
    }

    private static Element readElement(WireReader in) {
        return new Element(vector(in), vector(in), vector(in), in.f64(), in.f64(), in.oneOf(Choices.ELEMENT));
    }

    private static Vector3 vector(WireReader in) {
        return new Vector3(in.f64(), in.f64(), in.f64());
    }
}
