package org.fus.hardware.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.fus.hardware.motion.MotionStage.JogConfirmation;
import org.fus.hardware.motion.ReplyShaper.Mischief;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.motion.zaber.ZaberAscii;
import org.fus.hardware.motion.zaber.ZaberSimulators;
import org.fus.hardware.transport.TcpTransport;
import org.junit.jupiter.api.Test;

/**
 * Connects, moves, breaks and closes over and over, over TCP, and counts what is left. Takes 5 s; for longer,
 * {@code -Dfus.soakSeconds=600}.
 */
class StageSoakTest {
    private static final List<Mischief> ALL = List.copyOf(EnumSet.allOf(Mischief.class));
    private static final int SECONDS = Integer.getInteger("fus.soakSeconds", 5);

    private static long stageThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("fus-stage"))
                .count();
    }

    private static int handles() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length; // 0 where the system cannot tell
    }

    @Test
    void randomFaultsAndReconnects_leakNothingAndNeverLeaveTheLimits() throws Exception {
        round(1); // classes, pools and selectors that stay
        long threads = stageThreads();
        int handles = handles();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        long seed = 2;
        while (System.nanoTime() < end) {
            round(seed++);
        }
        for (int i = 0; i < 200 && (stageThreads() > threads || handles() > handles + 4); i++) {
            Thread.sleep(20);
        }
        assertThat(stageThreads()).isLessThanOrEqualTo(threads);
        // four for what the test runner itself opens meanwhile
        assertThat(handles()).isLessThanOrEqualTo(handles + 4);
    }

    private static void round(long seed) throws Exception {
        Random random = new Random(seed);
        AxisSettings axis = AxisSettings.linear("y", "1")
                .unitsPerSi(1 / 0.047625e-6)
                .maxSpeed(0.1)
                .build();
        StageSettings settings =
                StageSettings.of(axis).withSettle(Duration.ofMillis(5)).withReadback(Duration.ofMillis(10));
        KinematicAxis truth = StageRig.fastAxis(axis);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            TcpTransport line = TcpTransport.connect("127.0.0.1", port, Duration.ofSeconds(5));
            try (ControllerSimulator simulator =
                    ZaberSimulators.ascii(TcpTransport.accepted(server.accept()), List.of(truth))) {
                simulator.start();
                try (MotionStage stage = Stages.over("soak", new ZaberAscii(line, settings), settings)) {
                    wait(stage.home(Duration.ofSeconds(5)));
                    for (int i = 0; i < 12; i++) {
                        simulator.replies().set(ALL.get(random.nextInt(ALL.size())));
                        CompletableFuture<StageStatus> f = random.nextBoolean()
                                ? stage.moveTo(new double[] {random.nextDouble() * 12e-3 - 1e-3}, Duration.ofSeconds(1))
                                : stage.jog(0, random.nextDouble() * 4e-3 - 2e-3, 0.05, JogConfirmation.NONE);
                        switch (random.nextInt(5)) {
                            case 0 -> stage.stop();
                            case 1 -> stage.emergencyStop();
                            case 2 -> f.cancel(true);
                            default -> wait(f);
                        }
                        simulator.replies().set(Mischief.NONE);
                        wait(stage.reset());
                        double at = axis.fromController(truth.count());
                        if (truth.referenced()) {
                            // a tolerance, and one braking distance of a jog that was stopped
                            assertThat(at).isBetween(-1e-3, 11e-3);
                        }
                    }
                    if (random.nextBoolean()) {
                        simulator.replies().unplug();
                    }
                }
            }
        }
    }

    private static void wait(CompletableFuture<StageStatus> f) {
        boolean _ = f.handle((s, e) -> true).orTimeout(10, TimeUnit.SECONDS).join();
    }
}
