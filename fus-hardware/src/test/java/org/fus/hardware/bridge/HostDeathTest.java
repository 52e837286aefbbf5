package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.fus.hardware.DeviceState;
import org.fus.hardware.Devices;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.safety.SafetyMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The host dies while the scanner, in a process of its own, fires: killed, which ends the connection too, or frozen, so that
 * only the watchdog is left. Judged by the scanner's own log. 20 deaths of each kind under {@code -Pfull}, 3 otherwise.
 */
@Timeout(600)
class HostDeathTest {
    private static final int DEATHS = Boolean.getBoolean("fus.full") ? 20 : 3;

    /** From the last heartbeat to the cut, seconds: what docs/bridge.md promises. */
    private static final double MOST_S = 1.1;

    @TempDir
    private Path folder;

    /** The host that will die. */
    static final class Host {
        private Host() {}

        /** Runs for ever. */
        public static void main(String[] arguments) throws InterruptedException {
            try (UltrasoundDevice device = Devices.open(URI.create(arguments[0]));
                    SafetyMonitor monitor = SafetyMonitor.of(device).watch()) {
                if (device.state() == DeviceState.FAULTED) {
                    device.reset(); // left by the host before
                }
                UploadedProgram program = device.upload(SmallScanner.program(1_000_000, 1), device.probe());
                CountDownLatch some = new CountDownLatch(3);
                monitor.start(program, RunOptions.DEFAULTS, block -> {
                    block.release();
                    some.countDown();
                });
                some.await();
                System.out.println("running");
                Thread.sleep(600_000);
            }
        }
    }

    @Test
    void host_killed_theVoltageIsOffInTime() throws Exception {
        System.out.println("host killed: " + most("KILL"));
    }

    @Test
    void host_frozen_theVoltageIsOffInTime() throws Exception {
        System.out.println("host frozen: " + most("STOP"));
    }

    private String most(String signal) throws Exception {
        Assumptions.assumeThat(Path.of("/proc/self"))
                .as("signals and clocks of Linux")
                .exists();
        Random random = new Random(signal.hashCode());
        List<Double> seconds = new ArrayList<>();
        try (ScannerProcess scanner = ScannerProcess.start(folder.resolve("scanner.tsv"))) {
            for (int i = 0; i < DEATHS; i++) {
                Process host = ScannerProcess.java(Host.class, scanner.uri().toString());
                assertThat(host.inputReader().readLine()).isEqualTo("running");
                Thread.sleep(random.nextInt(400));
                long killedNs = System.nanoTime();
                int code = new ProcessBuilder("kill", "-" + signal, Long.toString(host.pid()))
                        .start()
                        .waitFor();
                assertThat(code).isZero();
                seconds.add(secondsToTheCut(scanner, killedNs));
                host.destroyForcibly();
                assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        double most = seconds.stream().mapToDouble(s -> s).max().orElseThrow();
        assertThat(most).isLessThanOrEqualTo(MOST_S);
        return DEATHS + " times, high voltage off at most " + Math.round(most * 1000)
                + " ms after the last heartbeat that the scanner heard";
    }

    /** From the last heartbeat before the cut that came after a moment. */
    private static double secondsToTheCut(ScannerProcess scanner, long afterNs) throws Exception {
        for (int tries = 0; tries < 500; tries++) {
            List<ScannerProcess.Line> log = scanner.log();
            List<ScannerProcess.Line> cut = log.stream()
                    .filter(l -> l.what().equals("high voltage off") && l.nanoTime() > afterNs)
                    .toList();
            if (!cut.isEmpty()) {
                assertThat(cut.getFirst().detail()).contains("HEARTBEAT_LOST");
                long cutNs = cut.getFirst().nanoTime();
                long last = log.stream()
                        .filter(l -> l.what().equals("HEARTBEAT") && l.nanoTime() < cutNs)
                        .mapToLong(ScannerProcess.Line::nanoTime)
                        .max()
                        .orElseThrow();
                assertThat(log).noneMatch(l -> l.what().equals("high voltage set") && l.nanoTime() > cutNs);
                return (cutNs - last) * 1e-9;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("the scanner's log shows no cut: " + scanner.log());
    }
}
