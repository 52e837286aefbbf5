package org.fus.hardware.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fus.core.error.FusDeviceException;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.Acquisition;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HeardEvents;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.StageState;
import org.fus.hardware.motion.Stages;
import org.fus.hardware.motion.sim.SimulatedController;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SafetyMonitorTest {
    @Test
    void setOutput_isAudited_withOldAndNewValue() {
        try (SimulatedScanner scanner = InterlockTest.scanner();
                SafetyMonitor monitor = SafetyMonitor.of(scanner).watch()) {
            AcousticOutputSettings before = monitor.output();
            monitor.setOutput(before.withVoltageV(12), "Ada", "dimmer");
            assertThat(scanner.highVoltage().targetV()).isEqualTo(12);
            AuditEntry entry = monitor.audit().entries().stream()
                    .filter(e -> e.what().equals("acoustic output"))
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.who()).isEqualTo("Ada");
            assertThat(entry.oldValue()).isEqualTo(before.toString());
            assertThat(entry.newValue()).contains("voltageV=12.0");
            assertThat(entry.reason()).isEqualTo("dimmer");
            // refused by the device: nothing is changed, nothing is said to be
            AcousticOutputSettings tooMuch = new AcousticOutputSettings(90, 90, 2, 0.01);
            assertThatThrownBy(() -> monitor.setOutput(tooMuch, "Ada", "brighter"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(monitor.output().voltageV()).isEqualTo(12);
        }
    }

    @Test
    void settings_listAllProblems() {
        assertThatThrownBy(() -> new AcousticOutputSettings(30, 25, 0.1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("voltageV is 30.0")
                .hasMessageContaining("pulseCycles is 0.1")
                .hasMessageContaining("dutyCycleCap is 2.0");
        assertThatThrownBy(() -> new SafetySettings(2, 0.1, 2, 30, 100, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heartbeatS")
                .hasMessageContaining("diskReserveBytes");
    }

    @Test
    void estimate_agreesWithTheWorkedExample() {
        // 1 MPa, 15.625 MHz, 2 cycles, 5.5 kHz: ISPPA 33.8 W/cm2, ISPTA 24 mW/cm2, MI 0.25; at the surface, so not
        // derated
        TransmitSequence sequence = TransmitSequence.planeWaves(-0.17, 0.17, 11, 15.625e6, 5500);
        FiringGroup group = new FiringGroup("g", sequence, SampleAxis.common(62.5e6, 0, 11, 100), 1, 1);
        PressureModel surface = new PressureModel(40e3, 1e-9, 2.1e-5, true);
        AcousticEstimate estimate = AcousticEstimate.of(group, new AcousticOutputSettings(25, 25, 2, 0.01), surface);
        assertThat(estimate.isppaWPerM2()).isCloseTo(33.8e4, within(0.05e4));
        assertThat(estimate.isptaWPerM2()).isCloseTo(238, within(1.0));
        assertThat(estimate.mechanicalIndex()).isCloseTo(0.253, within(0.001));
        // W0 = 33.8e4 W/m2 * 2.1e-5 m2 * 2 / 15.625e6 s * 5500 Hz = 4.994 mW; D = 0.517 cm
        assertThat(estimate.thermalIndexSoft()).isCloseTo(4.994 * 15.625 / 210, within(0.002));
        assertThat(estimate.thermalIndexCranial()).isCloseTo(4.994 / (40 * 0.5171), within(0.001));
        assertThat(estimate.label()).isEqualTo("estimate, calibrated pressure");
        // 8 mm deep: 0.3 dB/cm/MHz * 0.8 cm * 15.625 MHz = 3.75 dB
        AcousticEstimate deep = AcousticEstimate.of(group, AcousticOutputSettings.DEFAULT, PressureModel.UNCALIBRATED);
        assertThat(deep.deratedPressurePa()).isCloseTo(1e6 * Math.pow(10, -3.75 / 20), within(1.0));
        assertThat(deep.toString()).contains("estimate, uncalibrated");
    }

    @Test
    void preflight_deratesTheVoltage_andRefusesTheRest() {
        try (SimulatedScanner scanner = InterlockTest.scanner()) {
            PressureModel loud = new PressureModel(1e6, 1e-9, 1e-6, true);
            Preflight lowered = Preflight.check(
                    scanner, InterlockTest.program(), InterlockTest.PROBE, AcousticOutputSettings.DEFAULT, loud);
            assertThat(lowered.mayRun()).isTrue();
            assertThat(lowered.derated())
                    .singleElement()
                    .asString()
                    .contains("voltageV")
                    .contains("limit");
            // MI = V MPa / sqrt(15) is 1.9 at 7.36 V
            assertThat(lowered.settings().voltageV()).isCloseTo(1.9 * Math.sqrt(15), within(1e-6));
            assertThat(lowered.output().getFirst().mechanicalIndex()).isCloseTo(1.9, within(1e-6));

            TransmitSequence fast = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 29e3);
            AcquisitionProgram tooMuch = new AcquisitionProgram(fast, SampleAxis.common(60e6, 30e-6, 2, 270), 10, 10);
            AcousticOutputSettings longPulse = new AcousticOutputSettings(25, 25, 30, 0.01);
            Preflight refused =
                    Preflight.check(scanner, tooMuch, InterlockTest.PROBE, longPulse, PressureModel.UNCALIBRATED);
            assertThat(refused.mayRun()).isFalse();
            assertThat(refused.refused())
                    .anyMatch(p -> p.startsWith("sequence:"))
                    // 30 periods of 15 MHz at 29 kHz: 5.8 % of the time
                    .anyMatch(p -> p.startsWith("groups[0].duty: emits 5.8 % of the time, at most 1.0 %"))
                    // the end of 270 samples at 60 MHz from 30 us on, and 34.48 us between firings
                    .anyMatch(p -> p.startsWith("groups[0].events[0].period: the last echo comes 34.5 us"));
            // one line for each place: the device, which takes the shortest pulse, does not say it again
            assertThat(refused.refused().stream().filter(p -> p.startsWith("groups[0].events[0].period:")))
                    .hasSize(1);
        }
    }

    @Test
    void start_derates_andSaysSoInTheAuditLog() {
        try (SimulatedScanner scanner = InterlockTest.scanner();
                SafetyMonitor monitor = SafetyMonitor.of(scanner)
                        .pressure(new PressureModel(1e6, 1e-9, 1e-6, true))
                        .watch()) {
            UploadedProgram uploaded = scanner.upload(InterlockTest.program(), InterlockTest.PROBE);
            Acquisition run = monitor.start(uploaded, RunOptions.DEFAULTS, b -> b.release());
            assertThat(scanner.highVoltage().targetV()).isCloseTo(7.36, within(0.01));
            run.stop();
            run.await();
            assertThat(monitor.audit().entries()).anyMatch(e -> e.what().equals("derated"));
            assertThat(monitor.audit().entries())
                    .anyMatch(e -> e.what().equals("started") && e.reason().contains("estimate"));
        }
    }

    @Test
    void heartbeat_ofTheMonitor_keepsALongRunAlive() throws Exception {
        try (SimulatedScanner scanner = InterlockTest.scanner()) {
            SafetyMonitor monitor = SafetyMonitor.of(scanner).watch();
            Acquisition run = monitor.start(
                    scanner.upload(InterlockTest.program(), InterlockTest.PROBE),
                    RunOptions.DEFAULTS,
                    b -> b.release());
            Thread.sleep(2500); // two and a half watchdogs
            assertThat(scanner.state()).isEqualTo(DeviceState.RUNNING);
            monitor.close();
            run.await();
            assertThat(scanner.highVoltage().on()).isFalse();
            assertThatThrownBy(() -> monitor.start(
                            scanner.upload(InterlockTest.program(), InterlockTest.PROBE),
                            RunOptions.DEFAULTS,
                            b -> b.release()))
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void motion_andAcquisition_excludeEachOther() throws Exception {
        AxisSettings axis = AxisSettings.linear("x", "0").build();
        SimulatedController controller = new SimulatedController(List.of(SimulatedController.axisFor(axis, 0)));
        try (MotionStage stage = Stages.over("sim", controller, StageSettings.of(axis));
                SimulatedScanner scanner = InterlockTest.scanner();
                SafetyMonitor monitor = SafetyMonitor.of(scanner).stage(stage).watch()) {
            stage.home(Duration.ofSeconds(20)).join();
            double here = stage.status().positionsSi().getFirst();
            double there = here + 2e-3;
            UploadedProgram uploaded = scanner.upload(InterlockTest.program(), InterlockTest.PROBE);
            MotionStage guarded = monitor.guard(stage);

            Acquisition run = monitor.start(uploaded, RunOptions.DEFAULTS, b -> b.release());
            assertThatThrownBy(() -> guarded.moveTo(new double[] {there}, Duration.ofSeconds(20))
                            .join())
                    .hasCauseInstanceOf(MotionException.class)
                    .hasMessageContaining("acquisition");
            assertThat(stage.status().positionsSi().getFirst()).isCloseTo(here, within(1e-6));
            assertThat(scanner.state().mayFire()).isTrue();
            // somebody who goes past the guard
            var move = stage.moveTo(new double[] {there}, Duration.ofSeconds(20));
            assertThatThrownBy(run::await).hasMessageContaining("MOTION");
            assertThat(scanner.highVoltage().on()).isFalse();
            assertThatThrownBy(move::join).hasCauseInstanceOf(MotionException.class);
            scanner.reset();

            var back = guarded.moveTo(new double[] {here}, Duration.ofSeconds(20));
            InterlockTest.eventually(() -> assertThat(stage.status().state().inMotion() || back.isDone())
                    .isTrue());
            if (stage.status().state().inMotion()) {
                assertThatThrownBy(() -> monitor.start(uploaded, RunOptions.DEFAULTS, b -> b.release()))
                        .hasMessageContaining("motion");
            }
            back.join();
            Acquisition sweep = monitor.startWhileMoving(uploaded, RunOptions.DEFAULTS, b -> b.release());
            guarded.moveTo(new double[] {there}, Duration.ofSeconds(20)).join();
            assertThat(scanner.state()).isEqualTo(DeviceState.RUNNING);

            monitor.emergencyStop("Ada", "smoke");
            assertThatThrownBy(sweep::await).hasMessageContaining("EMERGENCY_STOP");
            InterlockTest.eventually(() -> {
                assertThat(stage.status().state()).isEqualTo(StageState.EMERGENCY_STOPPED);
                assertThat(monitor.audit().entries())
                        .anyMatch(e -> e.who().equals("Ada") && e.reason().equals("smoke"));
            });
        }
    }

    @Test
    void emergencyStop_withBothCoresBusy_isFast() throws Exception {
        AtomicBoolean busy = new AtomicBoolean(true);
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            load.add(Thread.ofPlatform().daemon().start(() -> {
                while (busy.get()) {
                    Thread.onSpinWait();
                }
            }));
        }
        List<Double> tookMs = new ArrayList<>();
        try (SimulatedScanner scanner = InterlockTest.scanner();
                SafetyMonitor monitor = SafetyMonitor.of(scanner).watch()) {
            List<DeviceEvent> events = HeardEvents.of(scanner);
            UploadedProgram uploaded = scanner.upload(InterlockTest.program(), InterlockTest.PROBE);
            for (int i = 0; i < 50; i++) {
                Acquisition run = monitor.start(uploaded, RunOptions.DEFAULTS, b -> b.release());
                long before = System.nanoTime();
                monitor.emergencyStop("test", "number " + i);
                tookMs.add((cutAfter(events, before) - before) * 1e-6);
                assertThatThrownBy(run::await).isInstanceOf(FusDeviceException.class);
                scanner.reset();
            }
        } finally {
            busy.set(false);
            for (Thread thread : load) {
                thread.join();
            }
        }
        Collections.sort(tookMs);
        // from the call to the cut, as the device stamps it; 45 of 50, since a busy machine may suspend any thread
        assertThat(tookMs.get(44)).isLessThan(50);
    }

    private static long cutAfter(List<DeviceEvent> events, long fromNs) throws InterruptedException {
        long[] found = new long[1];
        InterlockTest.eventually(() -> {
            found[0] = events.stream()
                    .filter(e -> e instanceof DeviceEvent.HighVoltageChanged v && v.targetV() == 0)
                    .mapToLong(DeviceEvent::hostTimeNs)
                    .filter(t -> t >= fromNs)
                    .min()
                    .orElse(-1);
            assertThat(found[0]).isPositive();
        });
        return found[0];
    }

    @Test
    void device_thatNobodyHolds_isSwitchedOff() throws Exception {
        List<DeviceEvent> events = abandonRunningScanner();
        InterlockTest.eventually(() -> {
            System.gc();
            assertThat(events).anyMatch(e -> e instanceof DeviceEvent.StateChanged s && s.to() == DeviceState.CLOSED);
        });
        List<String> order = events.stream()
                .filter(e -> !(e instanceof DeviceEvent.BlockLate))
                .map(e -> e.getClass().getSimpleName())
                .toList();
        assertThat(order).endsWith("HighVoltageChanged", "StateChanged");
    }

    private static List<DeviceEvent> abandonRunningScanner() throws InterruptedException {
        SimulatedScanner scanner = InterlockTest.scanner();
        List<DeviceEvent> events = HeardEvents.of(scanner);
        CountDownLatch some = new CountDownLatch(2);
        scanner.start(scanner.upload(InterlockTest.program(), InterlockTest.PROBE), RunOptions.DEFAULTS, b -> {
            b.release();
            some.countDown();
        });
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(scanner.highVoltage().on()).isTrue();
        return events;
    }
}
