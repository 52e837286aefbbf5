package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusException;
import org.fus.core.probe.Probe;
import org.fus.hardware.Acquisition;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.DeviceState;
import org.fus.hardware.Devices;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.StageRig;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.Stages;
import org.fus.hardware.motion.sim.SimulatedController;
import org.fus.hardware.safety.SafetyMonitor;
import org.fus.hardware.sim.SimulatedScanner;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.TriggerEdge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Scanner, bridge, monitor, stage and triggers together: connects, runs, breaks in every way there is, connects again, over
 * and over, and counts what is left. Every way once, then at random for 15 s; 10 minutes under {@code -Pfull}; for another
 * time {@code -Dfus.soakSeconds=60}.
 */
@Timeout(1200)
class DeviceSoakTest {
    private static final int SECONDS = Integer.getInteger("fus.soakSeconds", Boolean.getBoolean("fus.full") ? 600 : 15);

    /** What the run may not leave behind on the heap, bytes: some lists of the test runner, not one ring or program. */
    private static final long HEAP_SLACK = 8L << 20;

    /** The same of the whole process under 10 minutes: code and pools of the virtual machine still settle. */
    private static final long RESIDENT_SLACK = 96L << 20;

    private static final Probe OTHER = Probe.linear("other", 16, 0.2e-3, 15e6).build();

    /** A way to break. */
    private enum Break {
        NOTHING,
        PROBE_PULLED,
        PROBE_SWAPPED,
        VOLTAGE_OFF_TARGET,
        PROBE_HOT,
        BLOCKS_LATE,
        OVERFLOW,
        HEARTBEATS_LOST,
        SCANNER_CRASHES,
        EMERGENCY_STOP,
        RECEIVER_THROWS,
        STAGE_MOVES,
        STAGE_UNPLUGGED,
        HOST_CLOSES,
        HOST_VANISHES,
        SCANNER_VANISHES
    }

    /** What is held after a while of quiet. */
    private record Held(long threads, int handles, long heapBytes, long residentBytes) {
        static Held now() throws Exception {
            long heap = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) { // a cleaner, and what it frees, may take more than one collection
                System.gc();
                Thread.sleep(100);
                Runtime r = Runtime.getRuntime();
                heap = Math.min(heap, r.totalMemory() - r.freeMemory());
            }
            String[] open = new File("/proc/self/fd").list();
            Path statm = Path.of("/proc/self/statm");
            long resident =
                    Files.exists(statm) ? Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096 : 0;
            return new Held(
                    ours().values().stream().mapToLong(n -> n).sum(), open == null ? 0 : open.length, heap, resident);
        }
    }

    private static Map<String, Long> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith("fus-"))
                .map(n -> n.replaceAll("[0-9]+$", ""))
                .collect(Collectors.groupingBy(n -> n, TreeMap::new, Collectors.counting()));
    }

    @Test
    void randomFaultsAndReconnects_leakNothing() throws Exception {
        for (Break how : Break.values()) { // classes, pools and selectors that stay
            round(new Random(how.name().hashCode()), how);
        }
        waitInAVirtualThread();
        Held before = Held.now();
        Map<String, Long> threadsBefore = ours();
        Random random = new Random(6);
        int rounds = 0;
        for (long end = System.nanoTime() + SECONDS * 1_000_000_000L; System.nanoTime() < end; rounds++) {
            round(random, Break.values()[random.nextInt(Break.values().length)]);
        }
        Held after = Held.now();
        for (int i = 0; i < 100 && (after.threads > before.threads || after.handles > before.handles); i++) {
            Thread.sleep(50);
            after = Held.now();
        }
        System.out.println("soak: " + rounds + " rounds in " + SECONDS + " s; before " + before + ", after " + after);
        assertThat(after.threads)
                .as("threads %s, before %s", ours(), threadsBefore)
                .isLessThanOrEqualTo(before.threads);
        // four for what the test runner itself opens meanwhile
        assertThat(after.handles).isLessThanOrEqualTo(before.handles + 4);
        assertThat(after.heapBytes).isLessThan(before.heapBytes + HEAP_SLACK);
        assertThat(after.residentBytes).isLessThan(before.residentBytes + RESIDENT_SLACK);
        assertThat(rings()).isEmpty();
    }

    /** The virtual machine opens its pollers when a virtual thread first waits for a socket, and keeps them. */
    private static void waitInAVirtualThread() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket reads = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                Socket writes = server.accept()) {
            FutureTask<Integer> read =
                    new FutureTask<>(() -> reads.getInputStream().read());
            Thread.ofVirtual().start(read);
            Thread.sleep(100);
            writes.getOutputStream().write(6);
            assertThat(read.get()).isEqualTo(6);
        }
    }

    /** Files of shared memory that are still there. */
    private static List<String> rings() throws IOException {
        Path memory = Path.of("/dev/shm");
        if (!Files.isDirectory(memory)) {
            return List.of();
        }
        try (var files = Files.list(memory)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.startsWith("fus-bridge-"))
                    .toList();
        }
    }

    private static void round(Random random, Break how) throws Exception {
        AxisSettings axis = AxisSettings.linear("y", "0").build();
        SimulatedController motors = new SimulatedController(List.of(StageRig.fastAxis(axis)));
        StageSettings settings = StageSettings.of(axis).withSettle(Duration.ofMillis(5));
        try (SimulatedScanner scanner = SmallScanner.open();
                BridgeServer server =
                        BridgeServer.start(scanner, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                MotionStage stage = Stages.over("soak", motors, settings);
                DeviceTriggerPort triggers = new DeviceTriggerPort("soak", scanner.triggerLines(), 1e-3)) {
            stage.home(Duration.ofSeconds(10)).join();
            String uri =
                    "bridge://127.0.0.1:" + server.address().getPort() + (random.nextBoolean() ? "?blocks=shared" : "");
            try (UltrasoundDevice device = Devices.open(URI.create(uri));
                    SafetyMonitor monitor =
                            SafetyMonitor.of(device).stage(stage).watch()) {
                UploadedProgram program = device.upload(SmallScanner.program(1_000_000, 1), device.probe());
                CountDownLatch some = new CountDownLatch(2);
                boolean[] throwing = {false};
                Acquisition run = monitor.start(program, RunOptions.DEFAULTS, block -> {
                    block.release();
                    some.countDown();
                    if (throwing[0]) {
                        throw new IllegalStateException("disk full");
                    }
                });
                assertThat(some.await(20, TimeUnit.SECONDS)).as(how.name()).isTrue();
                TriggerEdge edge = triggers.emit("out1", 1e-3, how.name());
                assertThat(edge.channel()).isEqualTo("out1");
                boolean fails = true;
                Runnable hostCloses = device::close;
                Runnable linkEnds = server::close;
                switch (how) {
                    case NOTHING, BLOCKS_LATE -> {
                        scanner.faults().lateBlocks(how == Break.BLOCKS_LATE ? 0.05 : 0);
                        Thread.sleep(random.nextInt(100));
                        device.stop();
                        fails = false;
                    }
                    case PROBE_PULLED -> scanner.faults().unplugProbe();
                    case PROBE_SWAPPED -> scanner.faults().plugProbe(OTHER);
                    case VOLTAGE_OFF_TARGET -> scanner.faults().voltageError(8);
                    case PROBE_HOT -> scanner.faults().probeTemperature(60);
                    case OVERFLOW -> scanner.faults().overflow();
                    case HEARTBEATS_LOST -> scanner.faults().loseHeartbeats(true);
                    case SCANNER_CRASHES -> scanner.faults().crash();
                    case EMERGENCY_STOP -> device.emergencyStop();
                    case RECEIVER_THROWS -> throwing[0] = true;
                    case STAGE_MOVES -> {
                        var _ = stage.moveTo(new double[] {5e-3}, Duration.ofSeconds(10));
                    }
                    case STAGE_UNPLUGGED -> {
                        motors.unplug();
                        device.stop();
                        fails = false;
                    }
                    case HOST_CLOSES -> {
                        hostCloses.run();
                        fails = false;
                    }
                    case HOST_VANISHES, SCANNER_VANISHES -> linkEnds.run();
                }
                if (fails) {
                    assertThatThrownBy(run::await)
                            .as(how.name())
                            .isInstanceOfAny(FusDeviceException.class, IllegalStateException.class);
                } else {
                    run.await();
                }
                assertThat(run.isDone()).isTrue();
                mend(scanner);
                again(device, monitor, how);
            }
            awaitOff(scanner, how);
        }
    }

    /** After a fault that can be mended, the same device runs again. */
    private static void again(UltrasoundDevice device, SafetyMonitor monitor, Break how) throws InterruptedException {
        if (how == Break.SCANNER_CRASHES
                || how == Break.HOST_CLOSES
                || how == Break.HOST_VANISHES
                || how == Break.SCANNER_VANISHES) {
            return;
        }
        FusException last = null;
        for (int i = 0; i < 100; i++) { // the monitor may still be looking at the fault that was mended
            try {
                device.reset();
                UploadedProgram program = device.upload(SmallScanner.program(3, 1), device.probe());
                monitor.start(program, RunOptions.DEFAULTS, DeviceBlock::release)
                        .await();
                return;
            } catch (FusException e) {
                last = e;
                Thread.sleep(20);
            }
        }
        throw new AssertionError(how + ": the device does not run again, it is " + device.state(), last);
    }

    private static void mend(SimulatedScanner scanner) {
        scanner.faults().plugProbe(SmallScanner.PROBE);
        scanner.faults().voltageError(0);
        scanner.faults().probeTemperature(Double.NaN);
        scanner.faults().lateBlocks(0);
        scanner.faults().loseHeartbeats(false);
    }

    private static void awaitOff(SimulatedScanner scanner, Break how) throws InterruptedException {
        for (int i = 0; i < 500 && scanner.state().mayFire(); i++) {
            Thread.sleep(10);
        }
        assertThat(scanner.state()).as(how.name()).isNotIn(DeviceState.ARMED, DeviceState.RUNNING);
    }
}
