package org.fus.hardware.sim;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.sequence.TriggerIn;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.program.ProgramValidator;

/** What this device cannot do, beside what the {@link ProgramValidator} finds with its limits and probe. */
final class ProgramCheck {
    /** A program does not say how long its pulses are; the safety monitor, which knows, checks the duty again. */
    private static final double SHORTEST_PULSE_CYCLES = 0.5;

    private final List<String> problems = new ArrayList<>();

    private ProgramCheck() {}

    static List<String> problems(AcquisitionProgram program, Probe probe, Probe connected, DeviceLimits limits) {
        ProgramCheck check = new ProgramCheck();
        if (program.units().size() != 1
                || !program.groups().getFirst().isPlain()
                || !program.control().settings().isEmpty()) {
            check.problems.add(
                    "program: " + program.units().size() + " units with triggers, links, delays or settings of their"
                            + " own; this device plays one group at its regular pace,"
                            + " after a trigger of the program if it has one");
        }
        check.triggers(program.control());
        for (int g = 0; g < program.groups().size(); g++) {
            check.waves("groups[" + g + "]", program.groups().get(g).sequence());
        }
        check.problems.addAll(ProgramValidator.of(limits)
                .withPulseCycles(SHORTEST_PULSE_CYCLES)
                .check(program, probe, connected)
                .problems());
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

    /** This device fires waves that fill its field of view. */
    private void waves(String path, TransmitSequence sequence) {
        for (int t = 0; t < sequence.size(); t++) {
            String other = switch (sequence.transmits().get(t)) {
                case Transmit.PlaneWave _, Transmit.DivergingWave _ -> "";
                case Transmit.FocusedWave _ -> "focused";
                case Transmit.SingleElement _ -> "a single element";
                case Transmit.ElementDelays _ -> "a law of delays";
            };
            if (!other.isEmpty()) {
                problems.add(path + ".events[" + t + "].transmit: " + other
                        + "; this device fires plane and diverging waves");
            }
        }
    }
}
