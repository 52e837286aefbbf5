package org.fus.examples.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fus.core.error.FusFormatException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.probe.Probe;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.program.AcquisitionPlan;
import org.fus.hardware.program.AcquisitionPlans;
import org.fus.hardware.program.PlanFile;
import org.fus.hardware.program.PlanKind;
import org.fus.hardware.session.AcquisitionSession;
import org.fus.hardware.session.OpenRig;
import org.fus.hardware.session.SessionPlan;
import org.fus.hardware.session.SessionReport;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.Paradigm;
import org.fus.io.bids.BidsName;
import picocli.CommandLine.Option;

/** The options of an acquisition by plan, and its run. */
final class PlannedAcquisition {
    @Option(
            names = "--plan",
            paramLabel = "FILE|KIND",
            description = {
                "A plan file (docs/programs.md), or a kind such as 2d-fus, 3d-t, 3d-angio with its usual figures.",
                "With a plan the default device is a simulated scanner of images with the plan's probe."
            })
    private String plan;

    @Option(
            names = "--stage",
            paramLabel = "sim|none",
            defaultValue = "sim",
            description = "What holds the probe: a simulated stage, or nothing that moves. Default: ${DEFAULT-VALUE}")
    private Holder stage;

    @Option(
            names = "--stimulus",
            paramLabel = "REST,ON,OFF,N",
            split = ",",
            description = "Blocks of a stimulus: seconds of rest, on, off, and how often. Trial type 'stimulus'.")
    private List<Double> stimulus;

    @Option(
            names = "--events",
            paramLabel = "TSV",
            description = "A BIDS events.tsv that says what is presented when; in place of --stimulus.")
    private Path events;

    @Option(
            names = "--channel",
            paramLabel = "TYPE=LINE",
            description = "Trigger output per trial type. Default: types and outputs in the order of the alphabet.")
    private Map<String, String> channels;

    @Option(names = "--subject", paramLabel = "LABEL", defaultValue = "01", description = "Default: ${DEFAULT-VALUE}")
    private String subject;

    @Option(names = "--session", paramLabel = "LABEL", defaultValue = "", description = "Label of the session.")
    private String session;

    @Option(names = "--task", paramLabel = "LABEL", description = "Label of the task. Default: stimulus or rest.")
    private String task;

    @Option(
            names = "--clutter",
            paramLabel = "FILTER",
            converter = ClutterConverter.class,
            description =
                    "Clutter filter of the volumes, such as svd:40. Default: svd with a fifth of the frames, at most"
                            + " 40.")
    private Clutter clutter;

    /** What holds the probe. */
    enum Holder {
        SIM,
        NONE
    }

    boolean isAsked() {
        return plan != null;
    }

    /** Names of options that have no meaning without a plan. */
    Optional<String> withoutPlan() {
        return stimulus != null
                ? Optional.of("--stimulus")
                : events != null
                        ? Optional.of("--events")
                        : channels != null ? Optional.of("--channel") : Optional.empty();
    }

    void run(RootCommand fus, URI uri, Double voltageV, Path out) {
        AcquisitionPlan acquisition = acquisition(uri);
        if (voltageV != null) {
            AcquisitionPlan.Firing f = acquisition.firing();
            acquisition = acquisition.withFiring(new AcquisitionPlan.Firing(
                    f.waves(),
                    f.maxTiltRad(),
                    f.centerFrequencyHz(),
                    f.pulseCycles(),
                    f.firingRateHz(),
                    f.frameRateHz(),
                    f.soundSpeedMPerS(),
                    voltageV));
        }
        try (UltrasoundDevice device = Devices.open(uri == null ? usualDevice(acquisition.probe()) : uri);
                OpenRig open = stage == Holder.SIM ? OpenRig.onSimulatedStage(device) : OpenRig.fixed(device)) {
            AcquisitionSession acquiring = AcquisitionSession.of(open.rig(), sessionPlan(acquisition, device), out);
            tell(fus, acquiring.run(fus.context()));
        }
    }

    private AcquisitionPlan acquisition(URI uri) {
        Path file = Path.of(plan);
        Optional<PlanKind> kind = PlanKind.of(plan);
        if (kind.isEmpty() || Files.exists(file)) {
            return PlanFile.read(file);
        }
        if (uri == null) {
            return PlanFile.parse("{\"kind\": \"" + plan + "\"}")
                    .plan()
                    .orElseThrow(() -> new FusFormatException(plan, "plan", "has no usual figures"));
        }
        try (UltrasoundDevice device = Devices.open(uri)) {
            return AcquisitionPlans.of(kind.get(), device.probe());
        }
    }

    private static URI usualDevice(Probe probe) {
        return URI.create("sim:" + probe.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") + "?tier=image");
    }

    private SessionPlan sessionPlan(AcquisitionPlan acquisition, UltrasoundDevice device) {
        SessionPlan usual = SessionPlan.of(acquisition);
        Optional<Paradigm> paradigm = paradigm();
        String label = task != null
                ? task
                : paradigm.isPresent() ? "stimulus" : usual.name().task();
        SessionPlan named = usual.withName(new BidsName(subject, session, label, "", 0, ""));
        SessionPlan filtered = clutter == null ? named : named.withClutter(clutter);
        return paradigm.map(p -> filtered.withStimulation(
                        channels == null
                                ? SessionPlan.Stimulation.on(p, outputs(device))
                                : new SessionPlan.Stimulation(p, channels)))
                .orElse(filtered);
    }

    private static Set<String> outputs(UltrasoundDevice device) {
        return device instanceof DeviceTriggerPort.Owner owner
                ? owner.triggerLines().outputs()
                : Set.of();
    }

    private Optional<Paradigm> paradigm() {
        if (stimulus != null && events != null) {
            throw new IllegalArgumentException("--stimulus and --events say the same; give one of them");
        }
        if (stimulus != null) {
            if (stimulus.size() != 4 || stimulus.get(3) != Math.rint(stimulus.get(3))) {
                throw new IllegalArgumentException("--stimulus " + stimulus
                        + ": expected four numbers, such as 10,5,15,4: rest, on, off in seconds, and how often");
            }
            return Optional.of(Paradigm.blocks(
                    stimulus.get(0),
                    stimulus.get(1),
                    stimulus.get(2),
                    stimulus.get(3).intValue(),
                    "stimulus"));
        }
        if (events == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Paradigm.fromEventsTsv(events.toString(), Files.readString(events)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(RootCommand fus, SessionReport report) {
        fus.clearProgress();
        if (fus.json()) {
            fus.printJson(report.toMap());
            return;
        }
        fus.out()
                .println("wrote " + report.folder() + ": " + report.blocks() + " blocks, " + report.volumes()
                        + " volumes, " + report.events().size() + " events");
        fus.out().println("output: " + report.output());
        report.clock()
                .ifPresent(c -> fus.out()
                        .println(String.format(
                                Locale.ROOT,
                                "clock: the host runs %.1f +- %.1f ppm against the scanner",
                                c.driftPpm(),
                                c.driftErrorPpm())));
        report.notes().forEach(n -> fus.out().println("note: " + n));
    }
}
