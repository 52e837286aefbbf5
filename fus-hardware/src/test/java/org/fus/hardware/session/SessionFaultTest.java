package org.fus.hardware.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusException;
import org.fus.core.error.FusStorageException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.run.CancelToken;
import org.fus.core.run.RunContext;
import org.fus.hardware.DeviceState;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionFault;
import org.fus.hardware.motion.StageState;
import org.fus.hardware.trigger.Paradigm;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.record.Recording;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in the middle of an acquisition, and what is left then. */
@Timeout(60)
class SessionFaultTest {
    private static final int CYCLES = 6;

    @TempDir
    Path folder;

    private SessionRig lab;

    @BeforeEach
    void open() {
        lab = new SessionRig();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static SessionPlan plan() {
        return SessionPlan.of(SessionRig.plan(CYCLES)).withClutter(new Clutter.Svd(4));
    }

    private Path run() {
        return folder.resolve("run");
    }

    /** Runs until so many blocks are recorded, then does something. */
    private AcquisitionSession runUntil(AcquisitionSession session, long blocks, Runnable then, Class<?> failure) {
        AtomicBoolean did = new AtomicBoolean();
        Throwable thrown = catchThrowable(() -> session.run(RunContext.inline().withProgress((stage, done, total) -> {
            if (done >= blocks && !did.getAndSet(true)) {
                then.run();
            }
        })));
        assertThat(thrown).isInstanceOf(failure);
        return session;
    }

    /** All that was recorded before is there and whole; volumes are those whose poses were all visited. */
    private SessionReport requireWhole(AcquisitionSession session, long blocks) throws IOException {
        SessionReport report = session.report().orElseThrow();
        Recording recording = Recording.open(run().resolve("recording.zarr"));
        assertThat(recording.complete()).isTrue();
        assertThat(recording.verify()).isEmpty();
        assertThat(recording.blockNumbers()).hasSize((int) report.blocks());
        assertThat(report.blocks()).isGreaterThanOrEqualTo(blocks);
        var series = ((Content.Series) FusFiles.open(run().resolve("volumes.scan"))).series();
        assertThat((long) series.shape().times()).isEqualTo(report.volumes()).isEqualTo(report.blocks() / 4);
        assertThat(run().resolve("bids/dataset_description.json")).exists();
        try (var files = Files.walk(run())) {
            assertThat(files.map(Path::toString)).noneMatch(f -> f.endsWith(".tmp") || f.endsWith(".journal"));
        }
        assertThat(lab.scanner.highVoltage().on()).isFalse();
        assertThat(run().resolve("session.json"))
                .content()
                .contains("\"outcome\" : \"" + report.outcome() + "\"")
                .contains("\"volumes\" : " + report.volumes());
        return report;
    }

    @Test
    void probePulledOut_endsInTheSafeState_andKeepsTheBlocks() throws IOException {
        AtomicBoolean pulled = new AtomicBoolean();
        AcquisitionSession session = lab.session(plan(), run());
        Thread puller = Thread.ofPlatform().daemon().unstarted(() -> {
            while (lab.scanner.state() != DeviceState.RUNNING) {
                Thread.onSpinWait();
            }
            pulled.set(true);
            lab.scanner.faults().unplugProbe();
        });
        runUntil(session, 9, puller::start, FusDeviceException.class);
        SessionReport report = requireWhole(session, 9);
        assertThat(pulled).isTrue();
        assertThat(report.outcome()).isEqualTo(SessionReport.Outcome.FAILED);
        assertThat(report.reason()).contains("PROBE_REMOVED");
        assertThat(lab.scanner.state()).isEqualTo(DeviceState.FAULTED);
        assertThat(run().resolve("audit.tsv"))
                .content()
                .contains("PROBE_REMOVED")
                .contains("acquisition\tfailed");
    }

    @Test
    void stageLost_endsTheAcquisition_andKeepsTheBlocks() throws IOException {
        AcquisitionSession session =
                runUntil(lab.session(plan(), run()), 6, lab.controller::unplug, MotionException.class);
        SessionReport report = requireWhole(session, 6);
        assertThat(report.outcome()).isEqualTo(SessionReport.Outcome.FAILED);
        assertThat(report.reason()).contains("unplugged");
        assertThat(lab.stage.status().state()).isEqualTo(StageState.FAULTED);
        assertThat(lab.scanner.state()).isEqualTo(DeviceState.READY);
        assertThat(run().resolve("audit.tsv")).content().contains("unplugged");
    }

    @Test
    void axisStalled_endsTheAcquisition_withTheStageAtRest() throws IOException {
        AcquisitionSession session = lab.session(plan(), run());
        runUntil(session, 5, () -> lab.controller.axes().get(1).injectStall(), MotionException.class);
        assertThat(requireWhole(session, 5).reason()).contains("stalled");
        assertThat(lab.stage.status().state().inMotion()).isFalse();
    }

    @Test
    void cancelled_endsSoon_andKeepsTheBlocks() throws IOException {
        CancelToken token = new CancelToken();
        AcquisitionSession session = lab.session(plan(), run());
        assertThatThrownBy(() ->
                        session.run(RunContext.inline().withCancel(token).withProgress((stage, done, total) -> {
                            if (done >= 7) {
                                token.cancel();
                            }
                        })))
                .isInstanceOf(FusCancelledException.class);
        SessionReport report = requireWhole(session, 7);
        assertThat(report.outcome()).isEqualTo(SessionReport.Outcome.CANCELLED);
        assertThat(report.blocks()).isLessThan(4 * CYCLES);
        assertThat(lab.stage.status().state()).isEqualTo(StageState.READY);
        assertThat(lab.scanner.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void diskFull_endsTheAcquisition_andKeepsTheBlocks() throws IOException {
        FillingDisk disk = new FillingDisk();
        AcquisitionSession session = lab.session(plan().withDisk(disk), run());
        runUntil(session, 8, () -> disk.full = true, FusStorageException.class);
        disk.full = false; // the recording ends with its metadata alone when there is no room; here some was made
        SessionReport report = session.report().orElseThrow();
        assertThat(report.outcome()).isEqualTo(SessionReport.Outcome.FAILED);
        assertThat(report.reason()).contains("No space left");
        assertThat(lab.scanner.highVoltage().on()).isFalse();
        org.fus.io.record.RecordingRepair.repair(run().resolve("recording.zarr"));
        org.fus.io.scan.ScanRepair.repair(run().resolve("volumes.scan"));
        Recording recording = Recording.open(run().resolve("recording.zarr"));
        assertThat(recording.verify()).isEmpty();
        assertThat(recording.blockNumbers()).hasSize(8);
        var series = ((Content.Series) FusFiles.open(run().resolve("volumes.scan"))).series();
        // the second volume was on its way when the disk was full; its blocks are in the recording
        assertThat(series.shape().times()).isBetween(1, 2);
    }

    /** A disk on which nothing more fits from some moment on. */
    private static final class FillingDisk implements Disk {
        private final Disk local = Disk.local();
        private volatile boolean full;

        private void room() throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public DiskFile create(Path file) throws IOException {
            room();
            return new Filling(local.create(file));
        }

        @Override
        public DiskFile open(Path file) throws IOException {
            return new Filling(local.open(file));
        }

        @Override
        public void createDirectory(Path path) throws IOException {
            room();
            local.createDirectory(path);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            local.move(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            local.delete(path);
        }

        @Override
        public void forceDirectory(Path path) throws IOException {
            local.forceDirectory(path);
        }

        @Override
        public long usableBytes(Path path) throws IOException {
            return local.usableBytes(path);
        }

        private final class Filling implements DiskFile {
            private final DiskFile file;

            private Filling(DiskFile file) {
                this.file = file;
            }

            @Override
            public void write(long position, java.nio.ByteBuffer... buffers) throws IOException {
                room();
                file.write(position, buffers);
            }

            @Override
            public void force() throws IOException {
                file.force();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }

    @Test
    void badPlan_listsAllMistakes_andTouchesNothing() throws IOException {
        Files.createDirectories(run().resolve("bids"));
        var acquisition = SessionRig.plan(3);
        var v = acquisition.visiting();
        // 4 planes around y = 4.8 mm, of which the last two lie beyond 5 mm
        var shifted = acquisition.withVisiting(new org.fus.hardware.program.AcquisitionPlan.Visiting(
                new org.fus.hardware.program.UprightPose(0, 4.8e-3, 0, 0),
                v.poses(),
                v.positions(),
                v.stepM(),
                v.cycles(),
                v.blocks(),
                v.order(),
                v.seed()));
        SessionPlan plan = SessionPlan.of(shifted)
                .withVoltageCapV(15)
                .withClutter(new Clutter.Svd(60))
                .withStimulation(new SessionPlan.Stimulation(
                        new Paradigm(
                                java.util.List.of(
                                        new Paradigm.Event(0, 1, "light"), new Paradigm.Event(500, 1, "sound")),
                                501),
                        java.util.Map.of("light", "out9")));
        AcquisitionSession session = lab.session(plan, run());
        var problems = session.check().problems();
        assertThat(problems)
                .anyMatch(p -> p.startsWith("poses[2]: axis y to 0.005") || p.startsWith("poses[3]: axis y"))
                .anyMatch(p -> p.startsWith("voltageV: 20.0 V, above the cap of 15.0 V"))
                .anyMatch(p -> p.startsWith("clutter: svd:60 for blocks of 60 frames"))
                .anyMatch(p -> p.contains("trial type 'sound' has no line"))
                .anyMatch(p -> p.contains("line 'out9'"))
                .anyMatch(p -> p.contains("the last stimulus begins at 500.0 s"))
                .anyMatch(p -> p.contains("is there already"));
        assertThatThrownBy(() -> session.run(RunContext.inline()))
                .isInstanceOf(FusException.class)
                .satisfies(e -> problems.forEach(p -> assertThat(e).hasMessageContaining(p)));
        assertThat(run().resolve("recording.zarr")).doesNotExist();
        assertThat(lab.stage.status().isReferenced()).isFalse();
        assertThat(lab.scanner.state()).isEqualTo(DeviceState.CONNECTED);
    }

    @Test
    void rigWithoutWhatThePlanNeeds_isToldSo() {
        SessionPlan plan = plan().withStimulation(
                        SessionPlan.Stimulation.on(Paradigm.blocks(1, 1, 1, 1, "light"), java.util.List.of("out1")));
        assertThat(AcquisitionSession.of(Rig.of(lab.scanner), plan, run())
                        .check()
                        .problems())
                .anyMatch(p -> p.startsWith("stage: the plan visits 4 poses"))
                .anyMatch(p -> p.startsWith("triggers: a stimulus is planned"));
        lab.scanner.emergencyStop();
        assertThat(lab.session(plan(), run()).check().problems())
                .anyMatch(p -> p.startsWith("device: is EMERGENCY_STOPPED"));
    }

    @Test
    void motionFault_hasItsKind() {
        AcquisitionSession session = lab.session(plan(), run());
        Throwable thrown = catchThrowable(() -> session.run(RunContext.inline().withProgress((stage, done, total) -> {
            if (done >= 4) {
                lab.controller.unplug();
            }
        })));
        assertThat(((MotionException) thrown).fault().kind()).isEqualTo(MotionFault.Kind.LINK_LOST);
    }
}
