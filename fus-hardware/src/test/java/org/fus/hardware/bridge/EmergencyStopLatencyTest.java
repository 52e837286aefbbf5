package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assumptions;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.Acquisition;
import org.fus.hardware.DeviceState;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the call of an emergency stop to its receipt by the scanner, in another process, while every core is busy. Both read
 * the same clock of the machine. 1000 stops under {@code -Pfull}, where the figures are judged too; 20 otherwise.
 */
@Timeout(600)
class EmergencyStopLatencyTest {
    private static final boolean FULL = Boolean.getBoolean("fus.full");
    private static final int STOPS = FULL ? 1000 : 20;

    @TempDir
    private Path folder;

    @Test
    void stops_withAllCoresBusy_areReceivedSoon() throws Exception {
        Assumptions.assumeThat(Path.of("/proc/self"))
                .as("one clock for all processes, as Linux has")
                .exists();
        AtomicBoolean busy = new AtomicBoolean(true);
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            load.add(Thread.ofPlatform().daemon().name("load").start(() -> burn(busy)));
        }
        List<Long> called = new ArrayList<>();
        List<Long> received;
        try (ScannerProcess scanner = ScannerProcess.start(folder.resolve("scanner.tsv"));
                UltrasoundDevice device = Devices.open(scanner.uri())) {
            UploadedProgram program = device.upload(SmallScanner.program(1_000_000, 1), device.probe());
            Random random = new Random(1);
            for (int i = 0; i < STOPS; i++) {
                Acquisition run = device.start(program, b -> {});
                Thread.sleep(random.nextInt(80)); // while the voltage rises, or between two blocks
                called.add(System.nanoTime());
                device.emergencyStop();
                assertThatThrownBy(run::await).isInstanceOf(FusDeviceException.class);
                assertThat(device.state()).isEqualTo(DeviceState.EMERGENCY_STOPPED);
                assertThat(device.highVoltage().on()).isFalse();
                device.reset();
            }
            received = scanner.log().stream()
                    .filter(l -> l.what().equals("EMERGENCY_STOP"))
                    .map(ScannerProcess.Line::nanoTime)
                    .toList();
        } finally {
            busy.set(false);
            for (Thread t : load) {
                t.join();
            }
        }
        assertThat(received).hasSize(STOPS);
        double[] ms = new double[STOPS];
        for (int i = 0; i < STOPS; i++) {
            ms[i] = (received.get(i) - called.get(i)) * 1e-6;
            assertThat(ms[i]).isPositive();
        }
        java.util.Arrays.sort(ms);
        double p50 = ms[STOPS / 2];
        double p99 = ms[Math.min(STOPS - 1, STOPS * 99 / 100)];
        double max = ms[STOPS - 1];
        System.out.printf(
                "emergency stop, call to receipt, %d stops, %d busy threads: p50 %.3f ms, p99 %.3f ms, max %.3f ms%n",
                STOPS, load.size(), p50, p99, max);
        if (FULL) {
            assertThat(p99).as("p99, ms").isLessThan(50);
            assertThat(max).as("max, ms").isLessThan(200);
        }
    }

    private static void burn(AtomicBoolean busy) {
        long x = 1;
        while (busy.get()) {
            for (int i = 0; i < 10_000; i++) {
                x = x * 6364136223846793005L + 1442695040888963407L;
            }
        }
        assertThat(x).isNotZero(); // so that the loop stays
    }
}
