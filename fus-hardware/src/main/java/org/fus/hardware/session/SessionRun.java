package org.fus.hardware.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fus.core.error.FusCancelledException;
import org.fus.core.geometry.Affine3;
import org.fus.core.run.RunContext;
import org.fus.hardware.Acquisition;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.PoseFollower;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.plan.ScanPlan;
import org.fus.hardware.plan.ScanStep;
import org.fus.hardware.plan.VolumeRegularity;
import org.fus.hardware.safety.AuditEntry;
import org.fus.hardware.safety.AuditLog;
import org.fus.hardware.safety.SafetyMonitor;
import org.fus.hardware.session.SessionReport.Outcome;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.ParadigmPlayer;
import org.fus.hardware.trigger.TriggerEdge;
import org.fus.io.bids.BidsEvent;
import org.fus.io.record.BlockNotes;

/** One acquisition from its first move to its last file. */
final class SessionRun {
    private final Rig rig;
    private final SessionPlan plan;
    private final ScanPlan scan;
    private final SessionFolder files;
    private final AuditLog audit;
    private final RunContext context;
    private final Instant started = Instant.now();
    private final SessionClock clock = new SessionClock();
    private final SessionEvents events;
    private final List<String> notes = new ArrayList<>();
    private SessionOutput output;
    private EdgeLog edges;
    private StageMover mover;
    private ParadigmPlayer player;
    private List<BidsEvent> shown = List.of();
    private String estimates = "";
    private long blocksLost;
    private Outcome outcome = Outcome.FAILED;
    private String reason = "";

    SessionRun(Rig rig, SessionPlan plan, SessionFolder files, AuditLog audit, RunContext context) {
        this.rig = rig;
        this.plan = plan;
        this.scan = plan.acquisition().scan();
        this.files = files;
        this.audit = audit;
        this.context = context;
        this.events = new SessionEvents(
                clock, rig.triggers().map(Rig.Triggers::onDeviceClock).orElse(false));
        this.mover = new StageMover(rig.stage());
    }

    void play() {
        Endings all = new Endings();
        all.run(this::acquire);
        all.run(this::finish);
        outcome = all.failure()
                .map(e -> e instanceof FusCancelledException ? Outcome.CANCELLED : Outcome.FAILED)
                .orElse(Outcome.COMPLETE);
        reason = all.failure().map(e -> String.valueOf(e.getMessage())).orElse("");
        String ended = outcome.name().toLowerCase(Locale.ROOT);
        audit.add(new AuditEntry(Instant.now(), "acquisition", ended, "", "", reason));
        all.run(() -> SessionOutput.writeSummary(files.summary(), report(), plan));
        all.throwFirst();
    }

    private void acquire() {
        UltrasoundDevice device = rig.device();
        SafetyMonitor.Builder watched = SafetyMonitor.of(device)
                .settings(plan.safety())
                .disk(files.root())
                .audit(audit);
        rig.stage().ifPresent(s -> watched.stage(s.motors()));
        try (SafetyMonitor monitor = watched.watch()) {
            mover = new StageMover(rig.stage().map(s -> new Rig.Stage(monitor.guard(s.motors()), s.kinematics())));
            if (device instanceof PoseFollower follower) {
                follower.follow(mover::pose);
            }
            monitor.setOutput(SessionCheck.output(plan), plan.operator(), "acquisition plan");
            UploadedProgram uploaded = device.upload(
                    plan.acquisition().program(), plan.acquisition().probe());
            var preflight =
                    monitor.preflight(uploaded.program(), uploaded.format().probe());
            notes.addAll(preflight.derated());
            estimates = preflight.output().getFirst().toString();
            BlockMaps maps = new BlockMaps(uploaded, plan.acquisition(), plan.clutter());
            VolumeLayout layout = VolumeLayout.of(scan, maps.grid());
            notes.addAll(layout.notes());
            output = new SessionOutput(files, plan, uploaded, layout, maps);
            rig.triggers().ifPresent(t -> {
                edges = new EdgeLog(files.triggers());
                t.port().edges().subscribe(edges);
            });
            try {
                visitAll(monitor, uploaded);
            } catch (RuntimeException e) {
                Endings safe = new Endings();
                safe.run(device::stop); // cuts the high voltage first
                safe.run(mover::stop);
                safe.failure().ifPresent(e::addSuppressed);
                throw e;
            }
        }
    }

    private void visitAll(SafetyMonitor monitor, UploadedProgram uploaded) {
        mover.home(context);
        long done = 0;
        for (ScanStep step : scan.steps()) {
            int pose = switch (step) {
                case ScanStep.Dwell d -> d.pose();
                case ScanStep.Sweep s -> throw new IllegalStateException("acquisition plans have no sweeps, got " + s);
            };
            context.checkCancelled("acquisition");
            context.report("acquisition", done, scan.blocks());
            Affine3 at = mover.goTo(scan.poses().get(pose), context);
            if (player == null && plan.stimulation().isPresent()) {
                player = ParadigmPlayer.start(
                        plan.stimulation().get().paradigm(),
                        rig.triggers().orElseThrow().port(),
                        plan.stimulation().get().channels());
            }
            visit(monitor, uploaded, step, pose, at);
            done += step.blocks();
        }
        context.report("acquisition", done, scan.blocks());
    }

    private void visit(SafetyMonitor monitor, UploadedProgram uploaded, ScanStep step, int pose, Affine3 at) {
        double periodS = 1 / uploaded.group().sequence().frameRateHz();
        SessionOutput.Visit visit = output.visit(step.cycle(), pose);
        Acquisition run = monitor.start(uploaded, options(uploaded, step.blocks()), block -> {
            clock.block(block, periodS);
            visit.take(block, notes(block, at, periodS), clock.timeS(block.deviceTimeNs()) + block.frames() * periodS);
        });
        try {
            while (!run.isDone()) {
                context.checkCancelled("acquisition");
                requireOk();
                Thread.sleep(5);
            }
            run.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("acquisition");
        } finally {
            rig.device().stop(); // whatever happened, the blocks so far are taken before this returns
            blocksLost += run.blocksLost();
            run.warnings().stream().filter(w -> !notes.contains(w)).forEach(notes::add);
        }
        requireOk();
        visit.end();
    }

    private void requireOk() {
        output.requireOk();
        if (edges != null) {
            edges.requireWritten();
        }
        if (player != null
                && player.done().isCompletedExceptionally()
                && player.done().exceptionNow() instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Room for a whole visit where a GiB holds it, so that slow maps make nobody wait. */
    private static RunOptions options(UploadedProgram uploaded, int blocks) {
        long fits = (1L << 30) / uploaded.blockBytes();
        return new RunOptions(Math.clamp(Math.min(fits, blocks), 4, 32), RunOptions.Overflow.STOP);
    }

    private BlockNotes notes(DeviceBlock block, Affine3 at, double periodS) {
        double first = clock.timeS(block.deviceTimeNs());
        List<Double> times = IntStream.range(0, block.frames())
                .mapToObj(f -> first + f * periodS)
                .toList();
        return new BlockNotes(times, Optional.of(at), edges == null ? List.of() : events.notes(edges.takeNew()));
    }

    /** Ends everything that was begun; each part, whatever the others do. */
    private void finish() {
        Endings all = new Endings();
        List<ParadigmPlayer.Presented> presented = new ArrayList<>();
        if (player != null) {
            player.close();
            presented.addAll(player.presented());
        }
        if (edges != null) {
            all.run(() -> linesLow(rig.device()));
            all.run(edges::close);
            if (events.onDeviceClock()) {
                edges.edges().stream()
                        .filter(e -> e.direction() == TriggerEdge.Direction.OUT)
                        .forEach(e -> clock.edge(e.deviceTimeNs().orElseThrow(), e.hostTimeNs(), e.uncertaintyS()));
            }
            if (clock.started()) {
                clock.end();
                shown = events.events(presented, edges.edges());
            }
        }
        if (output != null) {
            all.run(() -> output.close(shown, started));
        }
        all.throwFirst();
    }

    private static void linesLow(UltrasoundDevice device) {
        if (device instanceof DeviceTriggerPort.Owner owner) {
            owner.triggerLines().allLow();
        }
    }

    SessionReport report() {
        List<String> all = new ArrayList<>(notes);
        if (mover.worstErrorM() > VolumeRegularity.STEP_TOLERANCE_M) {
            all.add(String.format(
                    Locale.ROOT,
                    "the probe stood up to %.1f um from its pose; volumes are placed where they were planned",
                    mover.worstErrorM() * 1e6));
        }
        return new SessionReport(
                outcome,
                reason,
                started,
                files.root(),
                output == null ? 0 : output.blocks(),
                blocksLost,
                output == null ? 0 : output.volumes(),
                scan.poses(),
                mover.worstErrorM(),
                clock.zeroNs(),
                clock.fit(),
                shown,
                edges == null ? 0 : edges.edges().size(),
                estimates,
                all);
    }
}
