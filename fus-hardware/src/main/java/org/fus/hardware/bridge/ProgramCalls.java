package org.fus.hardware.bridge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.fus.core.data.ChannelFormat;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.program.ProgramValidator;

/** What a host asks a scanner about programs. Knows messages, not the state of the device. */
final class ProgramCalls {
    private final BiFunction<MessageType, WireWriter, WireReader> scanner;

    /** Asks through a call that may take long. */
    ProgramCalls(BiFunction<MessageType, WireWriter, WireReader> scanner) {
        this.scanner = scanner;
    }

    AcquisitionProgram usual() {
        WireReader in = scanner.apply(MessageType.DEFAULT_PROGRAM, new WireWriter());
        AcquisitionProgram program = ProgramCodec.read(in);
        in.end();
        return program;
    }

    /** What the validator finds, then what only the scanner knows. */
    List<String> problems(DeviceLimits limits, AcquisitionProgram program, Probe forProbe, Probe connected) {
        Set<String> problems = new LinkedHashSet<>(ProgramValidator.of(limits)
                .withPulseCycles(0.5) // how long its pulses are is the scanner's to say
                .check(program, forProbe, connected)
                .problems());
        WireReader in = scanner.apply(MessageType.VALIDATE, body(program, forProbe));
        problems.addAll(in.list(in.u32(), 2, WireReader::text));
        return List.copyOf(problems);
    }

    /** Loads a program; what its samples will mean, as the scanner rounds it. */
    ChannelFormat load(AcquisitionProgram program, Probe forProbe, Supplier<Optional<Probe>> connected) {
        WireReader in = scanner.apply(MessageType.UPLOAD, body(program, forProbe));
        TransmitSequence asked = program.groups().getFirst().sequence();
        try {
            double centerHz = in.f64();
            double prfHz = in.f64();
            SampleAxis receive = ProgramCodec.readSamples(in);
            in.end();
            TransmitSequence sequence =
                    new TransmitSequence(asked.transmits(), centerHz, prfHz, asked.soundSpeedMPerS());
            Probe probe = connected.get().orElseThrow(() -> in.fault("the probe was pulled out"));
            return new ChannelFormat(probe, sequence, receive);
        } catch (IllegalArgumentException e) {
            throw in.fault(e.getMessage());
        }
    }

    private static WireWriter body(AcquisitionProgram program, Probe probe) {
        WireWriter out = new WireWriter();
        ProgramCodec.write(out, program);
        DeviceCodec.probe(out, probe);
        return out;
    }
}
