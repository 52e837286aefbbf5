package org.fus.hardware.sim;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.sequence.TriggerIn;
import org.fus.hardware.DeviceLimits;

/** Collects what keeps a program from running on a device with given limits and probe. */
final class ProgramCheck {
    private final List<String> problems = new ArrayList<>();

    private ProgramCheck() {}

    static List<String> problems(
            AcquisitionProgram program, Probe probe, Probe connected, double fractionalBandwidth, DeviceLimits limits) {
        ProgramCheck check = new ProgramCheck();
        if (program.units().size() != 1
                || !program.groups().getFirst().isPlain()
                || !program.control().settings().isEmpty()) {
            return List.of("program: " + program.units().size() + " units with triggers, links, delays or settings of"
                    + " their own; this device plays one group at its regular pace, after a trigger of the program if"
                    + " it has one");
        }
        FiringGroup group = program.groups().getFirst();
        check.triggers(program.control());
        check.probe(probe, connected);
        check.sequence(group.sequence(), connected, limits);
        check.receive(group, fractionalBandwidth, limits);
        check.block(group, connected, limits);
        return List.copyOf(check.problems);
    }

    private void triggers(Control control) {
        control.triggerIn().ifPresent(in -> {
            if (!ScannerTriggers.INPUTS.contains(in.channel())) {
                problems.add("control.triggerIn: no input '" + in.channel() + "', expected one of "
                        + ScannerTriggers.INPUTS);
            }
            if (in.edge() == TriggerIn.Edge.HIGH || in.edge() == TriggerIn.Edge.LOW) {
                problems.add("control.triggerIn: waits for the level " + in.edge() + ", expected RISING or FALLING");
            }
        });
        control.triggerOut().ifPresent(out -> {
            if (!ScannerTriggers.OUTPUTS.contains(out.channel())) {
                problems.add("control.triggerOut: no output '" + out.channel() + "', expected one of "
                        + ScannerTriggers.OUTPUTS);
            }
        });
    }

    private void probe(Probe asked, Probe connected) {
        boolean same = asked.name().equals(connected.name())
                && asked.type() == connected.type()
                && asked.elements() == connected.elements()
                && asked.pitchM() == connected.pitchM();
        if (!same) {
            problems.add("probe: the program is for " + asked + ", but connected is " + connected);
        }
    }

    private void sequence(TransmitSequence sequence, Probe connected, DeviceLimits limits) {
        atMost("sequence.transmits", sequence.size(), limits.transmits());
        atMost(
                "sequence.pulseRepetitionFrequencyHz",
                sequence.pulseRepetitionFrequencyHz(),
                limits.pulseRepetitionFrequencyHz());
        double band = connected.fractionalBandwidth();
        double off = Math.abs(sequence.centerFrequencyHz() / connected.centerFrequencyHz() - 1);
        if (off > band / 2) {
            problems.add(
                    "sequence.centerFrequencyHz: " + sequence.centerFrequencyHz() + " lies outside the probe's band"
                            + " of " + connected.centerFrequencyHz() * (1 - band / 2) + " to "
                            + connected.centerFrequencyHz() * (1 + band / 2));
        }
        for (int t = 0; t < sequence.size(); t++) {
            String other = switch (sequence.transmits().get(t)) {
                case Transmit.PlaneWave _, Transmit.DivergingWave _ -> "";
                case Transmit.FocusedWave _ -> "focused";
                case Transmit.SingleElement _ -> "a single element";
                case Transmit.ElementDelays _ -> "a law of delays";
            };
            if (!other.isEmpty()) {
                problems.add(
                        "sequence.transmits[" + t + "]: " + other + "; this device fires plane and diverging waves");
            }
        }
    }

    private void receive(FiringGroup program, double fractionalBandwidth, DeviceLimits limits) {
        SampleAxis receive = program.receive();
        atMost("receive.samples", receive.samples(), limits.samples());
        atMost("receive.samplingFrequencyHz", receive.samplingFrequencyHz(), limits.samplingFrequencyHz());
        double highestHz = program.sequence().centerFrequencyHz() * (1 + fractionalBandwidth / 2);
        if (receive.samplingFrequencyHz() < 2 * highestHz) {
            problems.add("receive.samplingFrequencyHz: " + receive.samplingFrequencyHz() + " is below " + 2 * highestHz
                    + ", twice the highest frequency of the pulse");
        }
        double periodS = 1 / program.sequence().pulseRepetitionFrequencyHz();
        for (int t = 0; t < receive.startTimesS().size(); t++) {
            double startS = receive.startTimesS().get(t);
            double endS = receive.timeS(t, receive.samples());
            if (startS < 0 || endS > periodS) {
                problems.add("receive.startTimesS[" + t + "]: samples from " + startS + " to " + endS
                        + " s do not fit between one firing and the next (0 to " + periodS + " s)");
            }
        }
    }

    private void block(FiringGroup program, Probe connected, DeviceLimits limits) {
        ChannelFormat format = new ChannelFormat(connected, program.sequence(), program.receive());
        try {
            long bytes = RfBlock.bytes(format, program.framesPerBlock());
            atMost("framesPerBlock: bytes per block", (double) bytes, (double) limits.blockBytes());
        } catch (ArithmeticException tooLarge) {
            problems.add("framesPerBlock: a block would have more than 2^63 bytes, at most " + limits.blockBytes()
                    + " are possible");
        }
    }

    private void atMost(String what, double got, double limit) {
        if (got > limit) {
            problems.add(what + ": " + plain(got) + ", at most " + plain(limit) + " are possible");
        }
    }

    private static String plain(double v) {
        return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
    }
}
