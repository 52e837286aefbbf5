package org.fus.hardware.bridge;

import java.util.List;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.RunOptions;

/** What a byte that chooses stands for: the index in one of these lists. The order belongs to the protocol. */
final class Choices {
    static final List<DeviceFault.Kind> FAULT = List.of(
            DeviceFault.Kind.HEARTBEAT_LOST,
            DeviceFault.Kind.HIGH_VOLTAGE,
            DeviceFault.Kind.TEMPERATURE,
            DeviceFault.Kind.PROBE_REMOVED,
            DeviceFault.Kind.PROBE_CHANGED,
            DeviceFault.Kind.OVERFLOW,
            DeviceFault.Kind.DISK,
            DeviceFault.Kind.FREEZE,
            DeviceFault.Kind.MOTION,
            DeviceFault.Kind.EMERGENCY_STOP,
            DeviceFault.Kind.CRASHED);

    static final List<RunOptions.Overflow> OVERFLOW = List.of(RunOptions.Overflow.STOP, RunOptions.Overflow.DROP);

    static final List<Probe.Type> PROBE = List.of(
            Probe.Type.LINEAR,
            Probe.Type.CONVEX,
            Probe.Type.PHASED,
            Probe.Type.MATRIX,
            Probe.Type.ROW_COLUMN,
            Probe.Type.MULTI_ARRAY,
            Probe.Type.CUSTOM);

    static final List<Element.Kind> ELEMENT = List.of(Element.Kind.SLICE, Element.Kind.POINT, Element.Kind.LINE);

    static final List<TriggerIn.Edge> EDGE =
            List.of(TriggerIn.Edge.RISING, TriggerIn.Edge.FALLING, TriggerIn.Edge.HIGH, TriggerIn.Edge.LOW);

    static final List<TriggerOut.Polarity> POLARITY =
            List.of(TriggerOut.Polarity.POSITIVE, TriggerOut.Polarity.NEGATIVE);

    private Choices() {}
}
