package org.fus.examples.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.program.AcquisitionPlan;
import org.fus.hardware.program.MotorModel;
import org.fus.hardware.program.PlanFile;
import org.fus.hardware.program.ProgramReport;
import org.fus.hardware.program.ProgramValidator;
import org.fus.hardware.sim.SimulatedScanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Works on plan files. */
@Command(
        name = "plan",
        description = "Works on acquisition plans: JSON files that say what to acquire (docs/programs.md).",
        synopsisSubcommandLabel = "check",
        subcommands = PlanCommand.Check.class)
final class PlanCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(fus.out());
    }

    /** Tells everything about a plan before it runs. */
    @Command(
            name = "check",
            description = {
                "Tells all problems of a plan, what its figures become on the device, and what the run will cost.",
                "Exit code 1 when the plan cannot run. Nothing is fired."
            })
    static final class Check implements Runnable {
        @ParentCommand
        private PlanCommand plans;

        @Parameters(paramLabel = "FILE", description = "A plan file.")
        private Path file;

        @Option(
                names = "--device",
                paramLabel = "URI",
                description = "The device that shall run it. Default: the simulated scanner with the plan's probe.")
        private URI uri;

        @Override
        public void run() {
            PlanFile.Reading reading = PlanFile.check(file);
            Optional<ProgramReport> report = reading.plan().map(this::report);
            List<String> problems = report.map(ProgramReport::problems).orElse(reading.problems());
            if (plans.fus.json()) {
                plans.fus.printJson(json(problems, report));
            } else {
                report.map(ProgramReport::page).orElseGet(() -> problems).forEach(plans.fus.out()::println);
            }
            if (!problems.isEmpty()) {
                String many = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
                throw reading.plan().isEmpty()
                        ? new FusFormatException(file.toString(), "plan", many + "; the first: " + problems.getFirst())
                        : new FusException(file + ": the device cannot run this plan, " + many + "; the first: "
                                + problems.getFirst());
            }
        }

        private ProgramReport report(AcquisitionPlan plan) {
            try (UltrasoundDevice device =
                    uri == null ? SimulatedScanner.builder().probe(plan.probe()).open() : Devices.open(uri)) {
                return ProgramValidator.of(device.limits())
                        .check(plan, device.probe(), MotorModel.DEFAULT)
                        .and(device.validate(plan.program(), plan.probe()));
            }
        }

        private static Map<String, Object> json(List<String> problems, Optional<ProgramReport> report) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("mayRun", problems.isEmpty());
            out.put("problems", problems);
            report.ifPresent(r -> {
                out.put("warnings", r.warnings());
                out.put("actual", r.actual());
                out.put("forecast", r.forecast());
            });
            return out;
        }
    }
}
