package org.fus.hardware.motion.linuxcnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.motion.AxisReading;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionFault;
import org.fus.hardware.motion.MotionPermit;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.MotionStage.JogConfirmation;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.StageStatus;
import org.fus.hardware.motion.Stages;
import org.fus.hardware.transport.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against LinuxCNC itself, its simulated machine, when Debian's linuxcnc-uspace is installed; skipped by name otherwise. */
@Timeout(180)
class LinuxCncPeerTest {
    private static final Path SAMPLES = Path.of("/usr/share/doc/linuxcnc/examples/sample-configs/sim/axis");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private Process process;

    @BeforeEach
    void startLinuxCnc() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/linuxcnc")) && Files.exists(SAMPLES.resolve("axis_mm.ini")))
                .as("LinuxCNC is installed")
                .isTrue();
        assumeThat(answers()).as("port 5007 is free").isFalse();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                Files.copy(f, dir.resolve(f.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<String> ini = Files.readAllLines(dir.resolve("axis_mm.ini")).stream()
                .filter(l -> !l.contains("axis_manualtoolchange.hal"))
                .map(l -> l.startsWith("DISPLAY =") ? "DISPLAY = linuxcncrsh" : l)
                .toList();
        Files.write(dir.resolve("axis_mm.ini"), ini);
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) { // it refuses to run as root
            run("chown", "-R", "nobody", dir.toString());
        }
        List<String> command = root
                ? List.of(
                        "setpriv",
                        "--reuid=nobody",
                        "--clear-groups",
                        "linuxcnc",
                        dir.resolve("axis_mm.ini").toString())
                : List.of("linuxcnc", dir.resolve("axis_mm.ini").toString());
        ProcessBuilder b = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(dir.toFile(), "log.txt"));
        b.environment().put("HOME", dir.toString());
        process = b.start();
        for (int i = 0; i < 600 && !answers(); i++) {
            Thread.sleep(100);
        }
        assertThat(answers())
                .as("LinuxCNC answers; its log: " + Files.readString(dir.resolve("log.txt")))
                .isTrue();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static boolean answers() {
        try (TcpTransport t = TcpTransport.connect("127.0.0.1", 5007, Duration.ofSeconds(1))) {
            return t.isOpen();
        } catch (FusDeviceException e) {
            return false;
        }
    }

    @AfterEach
    void stopLinuxCnc() throws Exception {
        if (process == null) {
            return;
        }
        try (TcpTransport t = TcpTransport.connect("127.0.0.1", 5007, Duration.ofSeconds(2))) {
            t.write("HELLO EMC test 1.0\r\nSET ENABLE EMCTOO\r\nSHUTDOWN\r\n".getBytes(StandardCharsets.US_ASCII));
            t.read(new byte[200], 0, 200, Duration.ofSeconds(1));
        } catch (FusDeviceException e) {
            assertThat(e).hasMessageContaining("tcp://127.0.0.1:5007"); // gone already
        }
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private static AxisSettings axis(String name, String letter) {
        return AxisSettings.linear(name, letter)
                .limits(-20e-3, 20e-3)
                .maxSpeed(10e-3)
                .crawl(2e-3, 1e-3)
                .tolerance(5e-6)
                .park(0)
                .build();
    }

    @Test
    void realController_homesMovesRefusesStopsAndCuts() {
        StageSettings settings = StageSettings.of(axis("x", "X"), axis("y", "Y"), axis("z", "Z"));
        try (MotionStage stage = Stages.open(URI.create("linuxcnc+tcp://127.0.0.1:5007"), settings)) {
            assertThat(stage.identity()).contains("EMCNETSVR");
            assertThat(stage.status().isReferenced()).isFalse();
            assertThat(kind(stage.moveTo(new double[] {1e-3, 0, 0}, LONG))).isEqualTo(MotionFault.Kind.NOT_REFERENCED);
            double before = stage.status().positionsSi().getFirst();
            StageStatus crawled =
                    stage.jog(0, 0.5e-3, 2e-3, JogConfirmation.OPERATOR_WATCHES).join();
            assertThat(crawled.positionsSi().getFirst() - before).isCloseTo(0.5e-3, within(5e-6));

            stage.home(LONG).join();
            assertThat(stage.status().isReferenced()).isTrue();
            StageStatus there =
                    stage.moveTo(new double[] {5e-3, -3e-3, -2e-3}, LONG).join();
            assertThat(there.positions()).containsExactly(new double[] {5e-3, -3e-3, -2e-3}, within(5e-6));

            CompletableFuture<StageStatus> move = stage.moveTo(new double[] {20e-3, -3e-3, -2e-3}, LONG);
            sleep(900);
            stage.stop();
            assertThat(kind(move)).isEqualTo(MotionFault.Kind.STOPPED);
            assertThat(stage.status().positionsSi().getFirst()).isBetween(5e-3, 19e-3);

            move = stage.moveTo(new double[] {-20e-3, -3e-3, -2e-3}, LONG);
            sleep(900);
            stage.emergencyStop();
            assertThat(kind(move)).isEqualTo(MotionFault.Kind.EMERGENCY_STOP);
            double cut = whereItComesToRest(stage);
            assertThat(cut).isGreaterThan(-19.9e-3);
            assertThat(kind(stage.moveTo(new double[] {0, 0, 0}, LONG))).isEqualTo(MotionFault.Kind.EMERGENCY_STOP);
            sleep(500);
            assertThat(stage.status().positionsSi().getFirst()).isCloseTo(cut, within(1e-6));
            stage.reset().join();
            if (!stage.status().isReferenced()) {
                stage.home(LONG).join();
            }
            stage.moveTo(new double[] {1e-3, 1e-3, -1e-3}, LONG).join();
        }
        refusesBeyondItsOwnLimits(settings);
    }

    /** The driver without the stage: LinuxCNC's own limit of 254 mm must stand. */
    private static void refusesBeyondItsOwnLimits(StageSettings settings) {
        try (LinuxCnc driver = new LinuxCnc(TcpTransport.connect("127.0.0.1", 5007, Duration.ofSeconds(2)), settings)) {
            driver.connect();
            double before = driver.read().getFirst().position();
            assertThatThrownBy(() -> {
                        driver.move(
                                new double[] {900, Double.NaN, Double.NaN},
                                new double[] {10, 10, 10},
                                new MotionPermit());
                        for (int i = 0; i < 40; i++) {
                            for (AxisReading r : driver.read()) {
                                r.fault().ifPresent(f -> {
                                    throw new MotionException("linuxcnc", f);
                                });
                            }
                            sleep(25);
                        }
                    })
                    .isInstanceOfSatisfying(
                            MotionException.class,
                            e -> assertThat(e.fault().kind()).isEqualTo(MotionFault.Kind.SOFT_LIMIT));
            assertThat(driver.read().getFirst().position()).isCloseTo(before, within(1e-6));
        }
    }

    /** How soon LinuxCNC obeys is its own affair, and slow on a loaded machine without real time. */
    private static double whereItComesToRest(MotionStage stage) {
        double last = Double.NaN;
        for (int i = 0; i < 20; i++) {
            long readings = stage.status().readings();
            sleep(500);
            double now = stage.status().positionsSi().getFirst();
            if (Math.abs(now - last) < 1e-9 && stage.status().readings() > readings) {
                return now;
            }
            last = now;
        }
        throw new AssertionError("still moving 10 s after the emergency stop");
    }

    private static MotionFault.Kind kind(CompletableFuture<StageStatus> f) {
        try {
            f.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(MotionException.class);
            return ((MotionException) e.getCause()).fault().kind();
        }
        throw new AssertionError("done, expected a fault");
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
