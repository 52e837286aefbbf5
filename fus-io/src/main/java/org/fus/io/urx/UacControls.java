package org.fus.io.urx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;
import org.fus.io.internal.hdf.HdfGroup;

/** Delays, triggers and settings of a make of device, which programs, groups and events have alike. */
final class UacControls {
    private UacControls() {}

    static Control read(UrxNodes uac, String path) {
        double offsetS = uac.number(path + "/time_offset", 0);
        String settings = path + "/hw_config";
        Map<String, Object> values = uac.hdf().isGroup(settings) ? UrxTree.read(uac, settings, p -> false) : Map.of();
        try {
            return new Control(
                    // Files say NaN for a delay that was never set.
                    Double.isNaN(offsetS) ? 0 : offsetS,
                    triggerIn(uac, path + "/trigger_in"),
                    triggerOut(uac, path + "/trigger_out"),
                    values);
        } catch (IllegalArgumentException e) {
            throw uac.failure(path, e.getMessage());
        }
    }

    static Optional<TriggerIn> triggerIn(UrxNodes uac, String path) {
        if (!uac.hdf().isGroup(path)) {
            return Optional.empty();
        }
        String edge = uac.text(path + "/edge", "UNDEFINED");
        return Optional.of(new TriggerIn(
                uac.text(path + "/channel", ""),
                switch (edge) {
                    case "RISING" -> TriggerIn.Edge.RISING;
                    case "FALLING" -> TriggerIn.Edge.FALLING;
                    // The library of the vendor writes the two levels under names of probe types.
                    case "HIGH", "RCA" -> TriggerIn.Edge.HIGH;
                    case "LOW", "MATRIX" -> TriggerIn.Edge.LOW;
                    default ->
                        throw uac.failure(
                                path + "/edge",
                                "expected RISING, FALLING, HIGH (RCA) or LOW (MATRIX), got '" + edge
                                        + "'; set the edge");
                }));
    }

    private static Optional<TriggerOut> triggerOut(UrxNodes uac, String path) {
        if (!uac.hdf().isGroup(path)) {
            return Optional.empty();
        }
        String polarity = uac.text(path + "/polarity", "UNDEFINED");
        TriggerOut.Polarity level = switch (polarity) {
            case "POSITIVE" -> TriggerOut.Polarity.POSITIVE;
            case "NEGATIVE" -> TriggerOut.Polarity.NEGATIVE;
            default ->
                throw uac.failure(
                        path + "/polarity", "expected POSITIVE or NEGATIVE, got '" + polarity + "'; set the polarity");
        };
        return Optional.of(new TriggerOut(
                uac.text(path + "/channel", ""),
                uac.number(path + "/time_offset", 0),
                uac.number(path + "/pulse_duration", 0),
                level));
    }

    static void write(HdfGroup object, Control control, String at, List<String> lost) {
        object.doubles("time_offset", new double[] {control.timeOffsetS()});
        control.triggerIn().ifPresent(t -> write(object, "trigger_in", t));
        control.triggerOut().ifPresent(t -> {
            HdfGroup out = object.group("trigger_out");
            out.variableText("channel", t.channel());
            out.doubles("time_offset", new double[] {t.timeOffsetS()});
            out.doubles("pulse_duration", new double[] {t.pulseDurationS()});
            out.variableText("polarity", t.polarity().name());
        });
        UrxTree.write(object.group("hw_config"), control.settings(), at + "/hw_config", lost);
    }

    static void write(HdfGroup object, String name, TriggerIn trigger) {
        HdfGroup in = object.group(name);
        in.variableText("channel", trigger.channel());
        in.variableText(
                "edge",
                switch (trigger.edge()) {
                    case RISING -> "RISING";
                    case FALLING -> "FALLING";
                    case HIGH -> "RCA";
                    case LOW -> "MATRIX";
                });
    }
}
