package org.fus.hardware.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fus.core.geometry.Affine3;
import org.fus.core.pipeline.Clutter;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.BlockContent;
import org.fus.hardware.DeviceState;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.CollisionEnvelope;
import org.fus.hardware.plan.ScanPlan;
import org.fus.hardware.program.AcquisitionPlan;
import org.fus.hardware.program.MotorModel;
import org.fus.hardware.program.ProgramReport;
import org.fus.hardware.program.ProgramValidator;
import org.fus.hardware.safety.AcousticOutputSettings;
import org.fus.hardware.safety.Preflight;
import org.fus.hardware.safety.PressureModel;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.Paradigm;

/** Looks for everything that keeps an acquisition from running, without changing anything. */
final class SessionCheck {
    private final Rig rig;
    private final SessionPlan plan;
    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    private SessionCheck(Rig rig, SessionPlan plan, Path folder) {
        this.rig = rig;
        this.plan = plan;
        this.folder = folder;
    }

    static ProgramReport report(Rig rig, SessionPlan plan, Path folder) {
        SessionCheck check = new SessionCheck(rig, plan, folder);
        AcquisitionPlan acquisition = plan.acquisition();
        UltrasoundDevice device = rig.device();
        AcquisitionProgram program = acquisition.program();
        ScanPlan scan = acquisition.scan();
        Probe connected = device.probes().stream()
                .flatMap(p -> p.probe().stream())
                .findFirst()
                .orElse(acquisition.probe());
        ProgramReport report = ProgramValidator.of(device.limits())
                .check(acquisition, connected, MotorModel.DEFAULT)
                .and(device.validate(program, acquisition.probe()));
        check.device();
        check.output(program);
        check.poses(scan);
        check.stimulation(report.forecast().durationS());
        check.files(scan);
        if (report.mayRun()) {
            check.room(scan, device.content(program, acquisition.probe()));
        }
        if (plan.clutter() instanceof Clutter.Svd svd
                && svd.removed() >= acquisition.receiving().framesPerBlock()) {
            check.problems.add("clutter: svd:" + svd.removed() + " for blocks of "
                    + acquisition.receiving().framesPerBlock() + " frames, expected fewer components");
        }
        return report.and(check.problems);
    }

    private void device() {
        DeviceState state = rig.device().state();
        if (state != DeviceState.CONNECTED && state != DeviceState.READY) {
            problems.add("device: is " + state + ", expected CONNECTED or READY; stop or reset it");
        }
    }

    private void output(AcquisitionProgram program) {
        double volts = plan.acquisition().firing().voltageV();
        if (volts > plan.voltageCapV()) {
            problems.add("voltageV: " + volts + " V, above the cap of " + plan.voltageCapV()
                    + " V for this probe; ask for less, or raise the cap if the probe allows it");
            return;
        }
        problems.addAll(Preflight.check(
                        rig.device(), program, plan.acquisition().probe(), output(plan), PressureModel.UNCALIBRATED)
                .refused());
    }

    static AcousticOutputSettings output(SessionPlan plan) {
        AcquisitionPlan.Firing firing = plan.acquisition().firing();
        return new AcousticOutputSettings(
                firing.voltageV(),
                plan.voltageCapV(),
                firing.pulseCycles(),
                AcousticOutputSettings.DEFAULT.dutyCycleCap());
    }

    private void poses(ScanPlan scan) {
        if (rig.stage().isEmpty()) {
            if (scan.poses().size() > 1) {
                problems.add("stage: the plan visits " + scan.poses().size()
                        + " poses, and there is no stage; connect one, or ask for a single plane");
            }
            return;
        }
        Rig.Stage stage = rig.stage().get();
        for (int p = 0; p < scan.poses().size(); p++) {
            Affine3 pose = scan.poses().get(p);
            try {
                pose(p, stage, stage.kinematics().positions(pose));
            } catch (IllegalArgumentException e) { // the stage cannot turn the probe like that
                problems.add("poses[" + p + "]: " + e.getMessage());
            }
        }
    }

    private void pose(int p, Rig.Stage stage, double[] positions) {
        List<AxisSettings> axes = stage.motors().settings().axes();
        for (int a = 0; a < positions.length; a++) {
            AxisSettings axis = axes.get(a);
            if (positions[a] < axis.lowerLimitSi() || positions[a] > axis.upperLimitSi()) {
                problems.add("poses[" + p + "]: axis " + axis.name() + " to " + (float) positions[a] + " "
                        + axis.kind().unit() + ", its limits are " + axis.lowerLimitSi() + " to "
                        + axis.upperLimitSi());
            }
        }
        CollisionEnvelope envelope = stage.motors().settings().envelope();
        if (envelope.axes() > 0) {
            double[] all = stage.motors().status().positions();
            Arrays.setAll(all, a -> Double.isNaN(positions[a]) ? all[a] : positions[a]);
            envelope.blocked(all, all, new double[all.length])
                    .ifPresent(box -> problems.add(
                            "poses[" + p + "]: lies in '" + box.name() + "', where the stage must never go"));
        }
    }

    private void stimulation(double durationS) {
        if (plan.stimulation().isEmpty()) {
            return;
        }
        SessionPlan.Stimulation shown = plan.stimulation().get();
        if (rig.triggers().isEmpty()) {
            problems.add("triggers: a stimulus is planned, and there are no trigger lines; connect a port");
        }
        for (String type : shown.paradigm().events().stream()
                .map(Paradigm.Event::trialType)
                .distinct()
                .toList()) {
            if (!shown.channels().containsKey(type)) {
                problems.add("triggers: trial type '" + type + "' has no line; given are " + shown.channels());
            }
        }
        if (rig.device() instanceof DeviceTriggerPort.Owner owner
                && rig.triggers().filter(Rig.Triggers::onDeviceClock).isPresent()) {
            shown.channels().forEach((type, line) -> {
                if (!owner.triggerLines().outputs().contains(line)) {
                    problems.add("triggers: '" + type + "' goes to line '" + line + "', the outputs are "
                            + owner.triggerLines().outputs().stream().sorted().toList());
                }
            });
        }
        double last = shown.paradigm().events().isEmpty()
                ? 0
                : shown.paradigm().events().getLast().onsetS();
        if (last > durationS) {
            problems.add(String.format(
                    Locale.ROOT,
                    "stimulation: the last stimulus begins at %.1f s, the acquisition lasts about %.1f s;"
                            + " record more cycles, or show less",
                    last,
                    durationS));
        }
    }

    private void files(ScanPlan scan) {
        new SessionFolder(folder)
                .existing()
                .forEach(f -> problems.add("folder: " + f + " is there already; choose another folder"));
        if (!plan.name().pose().isEmpty() && scan.poses().size() > 1) {
            problems.add("name: " + plan.name().stem() + " names a pose, and the plan has several");
        }
        if (firstExisting(folder.toAbsolutePath()).filter(Files::isDirectory).isEmpty()) {
            problems.add("folder: " + folder + " cannot be made; choose another");
        }
    }

    private void room(ScanPlan scan, BlockContent content) {
        double frames = (double) scan.blocks() * plan.acquisition().receiving().framesPerBlock();
        if (frames > Integer.MAX_VALUE) {
            problems.add("cycles: " + frames + " frames in one recording, expected at most " + Integer.MAX_VALUE);
        }
        Path parent = firstExisting(folder.toAbsolutePath()).orElse(folder);
        try {
            long free = plan.disk().usableBytes(parent);
            double needed = frames * content.frameBytes() + plan.safety().diskReserveBytes();
            if (needed > free) {
                problems.add(String.format(
                        Locale.ROOT,
                        "disk: %.2f GB are needed with the reserve, %.2f GB are free; free some space, or record less",
                        needed * 1e-9,
                        free * 1e-9));
            }
        } catch (IOException e) {
            problems.add("disk: the free space of " + parent + " is not known: " + e.getMessage());
        }
    }

    private static Optional<Path> firstExisting(Path path) {
        Path p = path;
        while (p != null && !Files.exists(p)) {
            p = p.getParent();
        }
        return Optional.ofNullable(p);
    }
}
