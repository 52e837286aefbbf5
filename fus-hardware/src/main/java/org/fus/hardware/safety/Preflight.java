package org.fus.hardware.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.program.ProgramValidator;

/**
 * What the checks before a run say. Where less voltage mends a problem, {@link #settings} have less voltage and
 * {@link #derated} says so; everything else refuses the run.
 *
 * @param settings what may be used
 * @param derated one line for each setting that was lowered: which, from, to, why
 * @param refused one line for each problem that keeps the program from running: what, got, allowed
 * @param output estimates of the acoustic output at these settings, one per group
 */
public record Preflight(
        AcousticOutputSettings settings, List<String> derated, List<String> refused, List<AcousticEstimate> output) {
    /** Copies the lists. */
    public Preflight {
        derated = List.copyOf(derated);
        refused = List.copyOf(refused);
        output = List.copyOf(output);
    }

    /**
     * Whether the program may run with these settings.
     *
     * @return true when nothing was refused
     */
    public boolean mayRun() {
        return refused.isEmpty();
    }

    /**
     * Checks a program, without changing anything.
     *
     * @param device validates the program against its limits
     * @param program the program
     * @param probe the probe it was made for
     * @param wanted the output settings that are asked for
     * @param calibration pressure per volt, as far as it is known
     * @return what may be done
     */
    public static Preflight check(
            UltrasoundDevice device,
            AcquisitionProgram program,
            Probe probe,
            AcousticOutputSettings wanted,
            PressureModel calibration) {
        List<String> refused = refusals(device, program, probe, wanted);
        List<String> derated = new ArrayList<>();
        DeviceLimits limits = device.limits();
        double volts = wanted.voltageV();
        if (volts > limits.voltageV()) {
            derated.add(line("voltageV", volts, limits.voltageV(), "the device gives no more"));
            volts = limits.voltageV();
        }
        for (FiringGroup group : program.groups()) {
            String prefix = "group '" + group.name() + "': ";
            double most = mostVolts(group, wanted, calibration);
            if (volts > most) {
                derated.add(line(prefix + "voltageV", volts, most, "estimated output at its limit"));
                volts = most;
            }
        }
        AcousticOutputSettings settings = wanted.withVoltageV(volts);
        List<AcousticEstimate> output = program.groups().stream()
                .map(group -> AcousticEstimate.of(group, settings, calibration))
                .toList();
        return new Preflight(settings, derated, refused, output);
    }

    /** What the validator finds with pulses as they are set, then what the device adds. */
    private static List<String> refusals(
            UltrasoundDevice device, AcquisitionProgram program, Probe probe, AcousticOutputSettings wanted) {
        DeviceLimits limits = device.limits();
        Probe connected = device.probes().stream()
                .flatMap(port -> port.probe().stream())
                .findFirst()
                .orElse(probe); // that there is none is the device's to say
        List<String> refused = new ArrayList<>(
                ProgramValidator.of(limits.withDutyCycle(Math.min(wanted.dutyCycleCap(), limits.dutyCycle())))
                        .withPulseCycles(wanted.pulseCycles())
                        .check(program, probe, connected)
                        .problems());
        Set<String> places = refused.stream().map(Preflight::place).collect(Collectors.toSet());
        device.validate(program, probe).stream()
                .filter(line -> !places.contains(place(line)))
                .forEach(refused::add);
        return refused;
    }

    private static String place(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    /** The voltage at which the first estimate reaches its limit: MI grows with it, intensity with its square. */
    private static double mostVolts(FiringGroup group, AcousticOutputSettings wanted, PressureModel calibration) {
        AcousticEstimate at1V = AcousticEstimate.of(
                group,
                new AcousticOutputSettings(
                        1, Math.max(1, wanted.voltageCapV()), wanted.pulseCycles(), wanted.dutyCycleCap()),
                calibration);
        return Math.min(
                AcousticEstimate.MECHANICAL_INDEX_LIMIT / at1V.mechanicalIndex(),
                Math.min(
                        Math.sqrt(AcousticEstimate.ISPTA_LIMIT_W_PER_M2 / at1V.isptaWPerM2()),
                        Math.sqrt(AcousticEstimate.THERMAL_INDEX_LIMIT / at1V.thermalIndexCranial())));
    }

    private static String line(String what, double from, double to, String why) {
        return String.format(Locale.ROOT, "%s: %.4g lowered to %.4g, %s", what, from, to, why);
    }
}
