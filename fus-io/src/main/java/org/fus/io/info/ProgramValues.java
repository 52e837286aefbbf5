package org.fus.io.info;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.ProgramUnit;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.SuperGroup;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;

/** Acquisition programs as plain values of a description, and back. */
final class ProgramValues {
    private ProgramValues() {}

    static Map<String, Object> of(AcquisitionProgram program) {
        return InfoValues.map(
                "first",
                program.first(),
                "control",
                control(program.control()),
                "units",
                program.units().stream().map(ProgramValues::unit).toList());
    }

    static AcquisitionProgram read(JsonFields p) {
        List<ProgramUnit> units = new ArrayList<>();
        p.objects("units").forEach(u -> units.add(readUnit(u)));
        return new AcquisitionProgram(units, p.text("first"), readControl(p.object("control")));
    }

    private static Map<String, Object> unit(ProgramUnit unit) {
        return switch (unit) {
            case FiringGroup g ->
                InfoValues.map(
                        "type",
                        "group",
                        "name",
                        g.name(),
                        "sequence",
                        SequenceValues.of(g.sequence()),
                        "sampling",
                        InfoValues.map(
                                "samplingFrequencyHz",
                                g.receive().samplingFrequencyHz(),
                                "startTimesS",
                                g.receive().startTimesS(),
                                "samples",
                                g.receive().samples()),
                        "events",
                        g.events().stream().map(ProgramValues::control).toList(),
                        "framesPerBlock",
                        g.framesPerBlock(),
                        "schedule",
                        schedule(g.schedule()));
            case SuperGroup s ->
                InfoValues.map(
                        "type", "superGroup", "name", s.name(), "first", s.first(), "schedule", schedule(s.schedule()));
        };
    }

    private static ProgramUnit readUnit(JsonFields u) {
        Schedule schedule = readSchedule(u.object("schedule"));
        return switch (u.text("type")) {
            case "group" -> {
                JsonFields sampling = u.object("sampling");
                yield new FiringGroup(
                        u.text("name"),
                        SequenceValues.read(u.object("sequence")),
                        new SampleAxis(
                                sampling.number("samplingFrequencyHz"),
                                sampling.numbers("startTimesS"),
                                sampling.integer("samples")),
                        u.objects("events").stream()
                                .map(ProgramValues::readControl)
                                .toList(),
                        u.integer("framesPerBlock"),
                        schedule);
            }
            case "superGroup" -> new SuperGroup(u.text("name"), u.text("first"), schedule);
            default -> throw u.failure("type", "group or superGroup", "\"" + u.text("type") + "\"");
        };
    }

    private static Map<String, Object> schedule(Schedule s) {
        return InfoValues.map(
                "repetitions",
                s.repetitions(),
                "periodS",
                s.periodS(),
                "control",
                control(s.control()),
                "links",
                s.links().stream().map(ProgramValues::link).toList());
    }

    private static Schedule readSchedule(JsonFields s) {
        return new Schedule(
                s.integer("repetitions"),
                s.number("periodS"),
                readControl(s.object("control")),
                s.objects("links").stream().map(ProgramValues::readLink).toList());
    }

    private static Map<String, Object> link(Schedule.Link link) {
        Map<String, Object> values = InfoValues.map("to", link.to());
        link.trigger().ifPresent(t -> values.put("trigger", triggerIn(t)));
        return values;
    }

    private static Schedule.Link readLink(JsonFields l) {
        return new Schedule.Link(l.text("to"), readTriggerIn(l, "trigger"));
    }

    /** What is not there is left out. */
    private static Map<String, Object> control(Control c) {
        Map<String, Object> values = InfoValues.map("timeOffsetS", c.timeOffsetS());
        c.triggerIn().ifPresent(t -> values.put("triggerIn", triggerIn(t)));
        c.triggerOut()
                .ifPresent(t -> values.put(
                        "triggerOut",
                        InfoValues.map(
                                "channel",
                                t.channel(),
                                "timeOffsetS",
                                t.timeOffsetS(),
                                "pulseDurationS",
                                t.pulseDurationS(),
                                "polarity",
                                t.polarity().name())));
        if (!c.settings().isEmpty()) {
            values.put("settings", c.settings());
        }
        return values;
    }

    private static Control readControl(JsonFields c) {
        return new Control(
                c.number("timeOffsetS"),
                readTriggerIn(c, "triggerIn"),
                c.has("triggerOut") ? Optional.of(readTriggerOut(c.object("triggerOut"))) : Optional.empty(),
                c.has("settings") ? c.plain("settings") : Map.of());
    }

    private static Map<String, Object> triggerIn(TriggerIn t) {
        return InfoValues.map("channel", t.channel(), "edge", t.edge().name());
    }

    private static Optional<TriggerIn> readTriggerIn(JsonFields parent, String name) {
        return parent.has(name)
                ? Optional.of(new TriggerIn(
                        parent.object(name).text("channel"),
                        TriggerIn.Edge.valueOf(parent.object(name).text("edge"))))
                : Optional.empty();
    }

    private static TriggerOut readTriggerOut(JsonFields t) {
        return new TriggerOut(
                t.text("channel"),
                t.number("timeOffsetS"),
                t.number("pulseDurationS"),
                TriggerOut.Polarity.valueOf(t.text("polarity")));
    }
}
