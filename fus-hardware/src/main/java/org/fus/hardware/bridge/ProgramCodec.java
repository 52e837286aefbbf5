package org.fus.hardware.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;

/** Acquisition programs on the wire, whole. */
final class ProgramCodec {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GROUP = 1;
    private static final int SUPER_GROUP = 2;

    private ProgramCodec() {}

    static void write(WireWriter out, AcquisitionProgram program) {
        out.text(program.first());
        control(out, program.control());
        out.list(program.units(), ProgramCodec::unit);
    }

    /** Reads a program; one that makes no sense is a fault of the other end. */
    static AcquisitionProgram read(WireReader in) {
        try {
            String first = in.text();
            Control control = readControl(in);
            List<ProgramUnit> units = in.list(in.u32(), 20, ProgramCodec::readUnit);
            return new AcquisitionProgram(units, first, control);
        } catch (IllegalArgumentException e) {
            throw in.fault(e.getMessage());
        }
    }

    private static void unit(WireWriter out, ProgramUnit unit) {
        switch (unit) {
            case FiringGroup g -> {
                TransmitSequence s = g.sequence();
                out.u8(GROUP).text(g.name());
                schedule(out, g.schedule());
                out.u32(g.framesPerBlock())
                        .f64(s.centerFrequencyHz())
                        .f64(s.pulseRepetitionFrequencyHz())
                        .f64(s.soundSpeedMPerS())
                        .list(s.transmits(), TransmitCodec::write);
                samples(out, g.receive());
                g.events().forEach(e -> control(out, e));
            }
            case SuperGroup s -> {
                out.u8(SUPER_GROUP).text(s.name());
                schedule(out, s.schedule());
                out.text(s.first());
            }
        }
    }

    private static ProgramUnit readUnit(WireReader in) {
        int kind = in.u8();
        String name = in.text();
        Schedule schedule = readSchedule(in);
        return switch (kind) {
            case GROUP -> {
                int framesPerBlock = in.u32();
                double centerHz = in.f64();
                double prfHz = in.f64();
                double soundSpeed = in.f64();
                var transmits = in.list(in.u32(), 1, TransmitCodec::read);
                var sequence = new TransmitSequence(transmits, centerHz, prfHz, soundSpeed);
                SampleAxis receive = readSamples(in);
                List<Control> events = in.list(transmits.size(), 12, ProgramCodec::readControl);
                yield new FiringGroup(name, sequence, receive, events, framesPerBlock, schedule);
            }
            case SUPER_GROUP -> new SuperGroup(name, in.text(), schedule);
            default -> throw in.fault("a unit of kind " + kind + ", expected 1 (group) or 2 (super-group)");
        };
    }

    /** When samples are taken: what a scanner also says of a program that it has taken. */
    static void samples(WireWriter out, SampleAxis receive) {
        out.f64(receive.samplingFrequencyHz()).u32(receive.samples()).list(receive.startTimesS(), WireWriter::f64);
    }

    static SampleAxis readSamples(WireReader in) {
        double samplingHz = in.f64();
        int samples = in.u32();
        List<Double> starts = in.f64s(in.u32());
        try {
            return new SampleAxis(samplingHz, starts, samples);
        } catch (IllegalArgumentException e) {
            throw in.fault(e.getMessage());
        }
    }

    private static void schedule(WireWriter out, Schedule s) {
        out.u32(s.repetitions()).f64(s.periodS());
        control(out, s.control());
        out.list(s.links(), (o, link) -> {
            o.text(link.to());
            triggerIn(o, link.trigger());
        });
    }

    private static Schedule readSchedule(WireReader in) {
        int repetitions = in.u32();
        double periodS = in.f64();
        Control control = readControl(in);
        List<Schedule.Link> links = in.list(in.u32(), 3, i -> new Schedule.Link(i.text(), readTriggerIn(i)));
        return new Schedule(repetitions, periodS, control, links);
    }

    private static void control(WireWriter out, Control c) {
        out.f64(c.timeOffsetS());
        triggerIn(out, c.triggerIn());
        out.flag(c.triggerOut().isPresent());
        c.triggerOut()
                .ifPresent(t -> out.text(t.channel())
                        .f64(t.timeOffsetS())
                        .f64(t.pulseDurationS())
                        .oneOf(Choices.POLARITY, t.polarity()));
        try {
            out.text(c.settings().isEmpty() ? "" : JSON.writeValueAsString(c.settings()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("settings " + c.settings() + " have no JSON form", e);
        }
    }

    private static Control readControl(WireReader in) {
        double offsetS = in.f64();
        Optional<TriggerIn> triggerIn = readTriggerIn(in);
        Optional<TriggerOut> triggerOut = in.flag()
                ? Optional.of(new TriggerOut(in.text(), in.f64(), in.f64(), in.oneOf(Choices.POLARITY)))
                : Optional.empty();
        String settings = in.text();
        try {
            Map<String, Object> values =
                    settings.isEmpty() ? Map.of() : JSON.readValue(settings, new TypeReference<>() {});
            return new Control(offsetS, triggerIn, triggerOut, values);
        } catch (JsonProcessingException e) {
            throw in.fault("settings are no JSON object: " + e.getOriginalMessage());
        }
    }

    private static void triggerIn(WireWriter out, Optional<TriggerIn> trigger) {
        out.flag(trigger.isPresent());
        trigger.ifPresent(t -> out.text(t.channel()).oneOf(Choices.EDGE, t.edge()));
    }

    private static Optional<TriggerIn> readTriggerIn(WireReader in) {
        return in.flag() ? Optional.of(new TriggerIn(in.text(), in.oneOf(Choices.EDGE))) : Optional.empty();
    }
}
