package org.fus.hardware.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.ProgramUnit;
import org.fus.core.sequence.SuperGroup;
import org.fus.hardware.ClockGrid;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.plan.ScanPlan;

/**
 * Tells everything about a program before it runs: all problems, each with its place such as
 * {@code groups[2].events[5].period}, what the figures become on the clock of the device, and what the run costs. It changes
 * nothing and may be shared by threads. Groups, super-groups and events are counted from 0, groups and super-groups apart.
 */
public final class ProgramValidator {
    /** Two-way bandwidth of a probe whose band is not known: the lower end of what arrays for fUS have. */
    static final double DEFAULT_FRACTIONAL_BANDWIDTH = 0.67;

    private final DeviceLimits limits;
    private final ClockGrid clocks;
    private final double pulseCycles;

    private ProgramValidator(DeviceLimits limits, double pulseCycles) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clocks = limits.clocks();
        this.pulseCycles = pulseCycles;
    }

    /**
     * A validator for a device with pulses of 2 periods.
     *
     * @param limits what the device can do at most
     * @return the validator
     */
    public static ProgramValidator of(DeviceLimits limits) {
        return new ProgramValidator(limits, 2);
    }

    /**
     * The same for pulses of another length.
     *
     * @param cycles periods, 0.5 to 32
     * @return a changed copy
     */
    public ProgramValidator withPulseCycles(double cycles) {
        if (!(cycles >= 0.5) || !(cycles <= 32)) {
            throw new IllegalArgumentException("pulseCycles is " + cycles + ", expected 0.5 to 32");
        }
        return new ProgramValidator(limits, cycles);
    }

    /**
     * Checks a plan: its program for its probe, and its visits.
     *
     * @param plan the plan
     * @param connected the probe that is plugged in
     * @param motors how fast the stage is
     * @return the report
     */
    public ProgramReport check(AcquisitionPlan plan, Probe connected, MotorModel motors) {
        ScanPlan scan = plan.scan();
        ProgramReport once =
                withPulseCycles(plan.firing().pulseCycles()).check(plan.program(), plan.probe(), connected);
        List<String> voltage = plan.firing().voltageV() > limits.voltageV()
                ? List.of("voltageV: " + plan.firing().voltageV() + " V, at most " + limits.voltageV()
                        + " V are possible; ask for less")
                : List.of();
        Forecast f = once.forecast();
        double visits = scan.steps().size();
        double motorS = motors.motorS(scan);
        Forecast all = new Forecast(
                f.frameBytes(),
                f.frames() * visits,
                f.diskBytes() * visits,
                f.recordingS() * visits,
                motorS,
                f.recordingS() * visits + motorS,
                f.peakBytesPerS(),
                f.dutyCycle(),
                f.endless());
        return new ProgramReport(once.problems(), once.warnings(), once.actual(), all).and(voltage);
    }

    /**
     * Checks a program.
     *
     * @param program the program
     * @param probe the probe it was made for
     * @param connected the probe that is plugged in
     * @return the report
     */
    public ProgramReport check(AcquisitionProgram program, Probe probe, Probe connected) {
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<ProgramReport.Actual> actual = new ArrayList<>();
        Map<String, String> paths = ProgramGraph.paths(program);
        ProgramGraph graph = new ProgramGraph(program);
        checkProbe(problems, probe, connected);
        Set<String> reached = graph.reached();
        boolean recursive = false;
        for (ProgramUnit unit : program.units()) {
            String path = paths.get(unit.name());
            if (!reached.contains(unit.name())) {
                warnings.add(path + ": '" + unit.name() + "' is never played; link to it or leave it out");
            }
            switch (unit) {
                case FiringGroup g -> {
                    problems.addAll(GroupCheck.problems(path, clocks.actual(g), connected, limits, pulseCycles));
                    ActualValues.add(actual, path, g, connected, clocks);
                }
                case SuperGroup s -> {
                    if (graph.containsItself(s)) {
                        recursive = true;
                        problems.add(path + ".first: '" + s.name()
                                + "' plays itself again before it has ended; link to it from outside");
                    }
                }
            }
        }
        return new ProgramReport(
                problems, warnings, actual, recursive ? nothing() : forecast(program, connected, graph));
    }

    private static void checkProbe(List<String> problems, Probe asked, Probe connected) {
        boolean same = asked.name().equals(connected.name())
                && asked.type() == connected.type()
                && asked.elements() == connected.elements()
                && Double.compare(asked.pitchM(), connected.pitchM()) == 0;
        if (!same) {
            problems.add("probe: the program is for " + asked + ", but connected is " + connected);
        }
    }

    private Forecast forecast(AcquisitionProgram program, Probe probe, ProgramGraph graph) {
        double recordingS = graph.total(this::playS, true) + program.control().timeOffsetS();
        boolean endless = graph.endless();
        double frames = graph.total(g -> g.schedule().repetitions(), false);
        double bytes = graph.total(
                g -> (double) FrameBytes.of(probe, clocks.actual(g))
                        * g.schedule().repetitions(),
                false);
        long frameBytes = 0;
        double peak = 0;
        double duty = 0;
        for (FiringGroup asked : program.groups()) {
            FiringGroup g = clocks.actual(asked);
            double periodS = framePeriodS(g);
            long one = FrameBytes.of(probe, g);
            frameBytes = Math.max(frameBytes, one);
            peak = Math.max(peak, one / periodS);
            duty = Math.max(duty, GroupCheck.emitS(g, pulseCycles) / periodS);
        }
        return new Forecast(frameBytes, frames, bytes, recordingS, 0, recordingS, peak, duty, endless);
    }

    private double playS(FiringGroup asked) {
        FiringGroup g = clocks.actual(asked);
        return g.schedule().repetitions() * framePeriodS(g);
    }

    /** A period of 0 is as fast as possible: the firings of a frame at their times, and one more interval. */
    static double framePeriodS(FiringGroup g) {
        double shortest = g.events().getLast().timeOffsetS() + 1 / g.sequence().pulseRepetitionFrequencyHz();
        return g.schedule().periodS() > 0 ? g.schedule().periodS() : shortest;
    }

    private static Forecast nothing() {
        return new Forecast(0, 0, 0, 0, 0, 0, 0, 0, true);
    }
}
