package org.fus.hardware.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusDeviceException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.Acquisition;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HeardEvents;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.sim.SimulatedScanner;
import org.fus.io.content.ChannelRecording;
import org.fus.io.record.Recording;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault, injected during a run that is recorded: safe state in time, nothing lost, the reason known. */
@Timeout(60)
class InterlockTest {
    static final Probe PROBE = Probe.linear("small", 4, 0.2e-3, 15e6).build();
    private static final Probe OTHER = Probe.linear("other", 4, 0.2e-3, 15e6).build();
    static final TransmitSequence SEQUENCE = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 1000);
    static final SampleAxis RECEIVE = SampleAxis.common(60e6, 5.5e-6, 2, 50);
    private static final int FRAMES = 100_000;

    @TempDir
    Path folder;

    /** A scanner in real time whose sample i of frame f is (f + i) mod 1000. */
    static SimulatedScanner scanner() {
        ChannelFormat format = new ChannelFormat(PROBE, SEQUENCE, RECEIVE);
        int frames = 1000;
        long perFrame = RfBlock.bytes(format, 1) / 2;
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(format, frames), 8);
        for (int f = 0; f < frames; f++) {
            for (long i = 0; i < perFrame; i++) {
                samples.setAtIndex(ValueLayout.JAVA_SHORT, f * perFrame + i, (short) ((f + i) % 1000));
            }
        }
        return SimulatedScanner.builder()
                .replay("scanner", ChannelRecording.of(RfBlock.wrap(format, 0, frames, samples)), t -> 1, true, true)
                .open();
    }

    static AcquisitionProgram program() {
        return new AcquisitionProgram(SEQUENCE, RECEIVE, FRAMES, 10);
    }

    /**
     * A fault.
     *
     * @param name which
     * @param inject makes it happen
     * @param kind what the device must say
     * @param withinS from the injection to the cut of the voltage, seconds
     */
    record Case(String name, Consumer<SimulatedScanner> inject, DeviceFault.Kind kind, double withinS) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> faults() {
        // the device's own guards look every 10 ms, the monitor's every 50 ms; the rest is what a loaded machine adds
        return Stream.of(
                new Case("probe pulled out", s -> s.faults().unplugProbe(), DeviceFault.Kind.PROBE_REMOVED, 0.5),
                new Case("other probe", s -> s.faults().plugProbe(OTHER), DeviceFault.Kind.PROBE_CHANGED, 0.5),
                new Case("probe hot", s -> s.faults().probeTemperature(60), DeviceFault.Kind.TEMPERATURE, 0.5),
                new Case("voltage high", s -> s.faults().voltageError(6), DeviceFault.Kind.HIGH_VOLTAGE, 1.0),
                new Case("voltage low", s -> s.faults().voltageError(-6), DeviceFault.Kind.HIGH_VOLTAGE, 1.0),
                new Case("heartbeats lost", s -> s.faults().loseHeartbeats(true), DeviceFault.Kind.HEARTBEAT_LOST, 1.5),
                new Case("device crashes", s -> s.faults().crash(), DeviceFault.Kind.CRASHED, 0.5),
                new Case("emergency stop", SimulatedScanner::emergencyStop, DeviceFault.Kind.EMERGENCY_STOP, 0.5));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_duringARecording_endsInTheSafeState(Case fault) throws Exception {
        Path store = folder.resolve("run.zarr");
        AuditLog audit = AuditLog.to(folder.resolve("audit.tsv"));
        try (SimulatedScanner scanner = scanner();
                SafetyMonitor monitor = SafetyMonitor.of(scanner).audit(audit).watch()) {
            List<DeviceEvent> events = HeardEvents.of(scanner);
            UploadedProgram uploaded = scanner.upload(program(), PROBE);
            CountDownLatch some = new CountDownLatch(3);
            Acquisition run;
            long injected;
            try (RecordingWriter writer =
                    RecordingWriter.start(store, RecordingPlan.rf(program(), uploaded.format()))) {
                run = monitor.start(uploaded, new RunOptions(16, RunOptions.Overflow.STOP), block -> {
                    writer.append(block.rf());
                    block.release();
                    some.countDown();
                });
                assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
                injected = System.nanoTime();
                fault.inject().accept(scanner);
                assertThatThrownBy(run::await)
                        .isInstanceOf(FusDeviceException.class)
                        .hasMessageContaining(fault.kind().name());
            }
            DeviceState safe = fault.kind() == DeviceFault.Kind.EMERGENCY_STOP
                    ? DeviceState.EMERGENCY_STOPPED
                    : DeviceState.FAULTED;
            assertThat(scanner.state()).isEqualTo(safe);
            // the reason: in the events, in the audit log, and in its file
            eventually(() -> {
                assertThat(faultsIn(events)).containsExactly(fault.kind());
                assertThat(audit.entries())
                        .anyMatch(e -> e.what().equals("fault")
                                && e.newValue().equals(fault.kind().name()));
            });
            assertThat(folder.resolve("audit.tsv"))
                    .content()
                    .contains(fault.kind().name());
            assertThat((cutNs(events, injected) - injected) * 1e-9).isLessThan(fault.withinS());
            // what was delivered is on the disk, whole and in order
            Recording recording = Recording.open(store);
            assertThat((long) recording.frames())
                    .isEqualTo(run.framesDelivered())
                    .isGreaterThanOrEqualTo(30);
            float[] trace = new float[RECEIVE.samples()];
            for (int f = 0; f < recording.frames(); f++) {
                recording.rf(f, 1).copyTrace(0, 1, 3, trace, 0);
                assertThat(trace[7]).isEqualTo((f + 1 * 200 + 3 * 50 + 7) % 1000);
            }
            if (fault.kind() == DeviceFault.Kind.CRASHED) {
                assertThatThrownBy(scanner::reset).isInstanceOf(FusDeviceException.class);
            }
        }
        audit.close();
    }

    private static List<DeviceFault.Kind> faultsIn(List<DeviceEvent> events) {
        return events.stream()
                .filter(DeviceEvent.Faulted.class::isInstance)
                .map(e -> ((DeviceEvent.Faulted) e).fault().kind())
                .toList();
    }

    private static long cutNs(List<DeviceEvent> events, long fromNs) {
        return events.stream()
                .filter(e -> e instanceof DeviceEvent.HighVoltageChanged v && v.targetV() == 0)
                .mapToLong(DeviceEvent::hostTimeNs)
                .filter(t -> t >= fromNs)
                .min()
                .orElseThrow();
    }

    @Test
    void overflow_stopsByDefault_andIsCountedWhenAllowed() throws Exception {
        try (SimulatedScanner scanner = scanner();
                SafetyMonitor monitor = SafetyMonitor.of(scanner).watch()) {
            List<DeviceEvent> events = HeardEvents.of(scanner);
            UploadedProgram uploaded = scanner.upload(program(), PROBE);
            CountDownLatch some = new CountDownLatch(3);
            Acquisition run = monitor.start(uploaded, RunOptions.DEFAULTS, block -> {
                block.release();
                some.countDown();
            });
            assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
            scanner.faults().overflow();
            assertThatThrownBy(run::await).hasMessageContaining("overflow");
            assertThat(scanner.highVoltage().on()).isFalse();
            assertThat(scanner.state()).isEqualTo(DeviceState.READY);
            eventually(() -> {
                assertThat(events).anyMatch(DeviceEvent.Overflowed.class::isInstance);
                assertThat(monitor.audit().entries()).anyMatch(e -> e.what().equals("overflow"));
            });

            List<Long> numbers = new CopyOnWriteArrayList<>();
            CountDownLatch more = new CountDownLatch(6);
            Acquisition second = monitor.start(uploaded, new RunOptions(4, RunOptions.Overflow.DROP), block -> {
                numbers.add(block.number());
                block.release();
                if (numbers.size() == 3) {
                    scanner.faults().overflow();
                }
                more.countDown();
            });
            assertThat(more.await(20, TimeUnit.SECONDS)).isTrue();
            scanner.stop();
            second.await();
            assertThat(second.blocksLost()).isPositive();
            assertThat(numbers.getLast() + 1).isEqualTo(numbers.size() + second.blocksLost());
            assertThat(second.warnings()).anyMatch(w -> w.contains("lost"));
        }
    }

    @Test
    void blocks_late_areReported() throws Exception {
        try (SimulatedScanner scanner = scanner()) {
            List<DeviceEvent> events = HeardEvents.of(scanner);
            scanner.faults().lateBlocks(0.1);
            AcquisitionProgram two = new AcquisitionProgram(SEQUENCE, RECEIVE, 20, 10);
            scanner.start(scanner.upload(two, PROBE), b -> {}).await();
            eventually(() -> assertThat(events)
                    .filteredOn(DeviceEvent.BlockLate.class::isInstance)
                    .isNotEmpty()
                    .allMatch(e -> ((DeviceEvent.BlockLate) e).lateS() >= 0.09));
        }
    }

    @Test
    void freeze_andLongestRun_switchOff() throws Exception {
        SafetySettings impatient = SafetySettings.DEFAULT.withFreezeS(0.3);
        try (SimulatedScanner scanner = scanner();
                SafetyMonitor monitor =
                        SafetyMonitor.of(scanner).settings(impatient).watch()) {
            AtomicBoolean stuck = new AtomicBoolean(true);
            Acquisition run = monitor.start(
                    scanner.upload(program(), PROBE), new RunOptions(100, RunOptions.Overflow.STOP), block -> {
                        while (stuck.get()) {
                            Thread.onSpinWait();
                        }
                        block.release();
                    });
            eventually(() -> assertThat(scanner.state()).isEqualTo(DeviceState.FAULTED));
            assertThat(scanner.highVoltage().on()).isFalse();
            stuck.set(false);
            assertThatThrownBy(run::await).hasMessageContaining("FREEZE");
        }
        try (SimulatedScanner scanner = scanner();
                SafetyMonitor monitor = SafetyMonitor.of(scanner)
                        .settings(SafetySettings.DEFAULT.withMaximumOnS(0.3))
                        .watch()) {
            Acquisition run = monitor.start(scanner.upload(program(), PROBE), RunOptions.DEFAULTS, b -> b.release());
            assertThatThrownBy(run::await).hasMessageContaining("FREEZE").hasMessageContaining("lasts");
        }
    }

    @Test
    void disk_nearlyFull_refusesTheStart() {
        SafetySettings greedy = SafetySettings.DEFAULT.withDiskReserveBytes(Long.MAX_VALUE);
        try (SimulatedScanner scanner = scanner();
                SafetyMonitor monitor =
                        SafetyMonitor.of(scanner).settings(greedy).disk(folder).watch()) {
            UploadedProgram uploaded = scanner.upload(program(), PROBE);
            assertThatThrownBy(() -> monitor.start(uploaded, RunOptions.DEFAULTS, b -> b.release()))
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("disk");
            assertThat(scanner.highVoltage().on()).isFalse();
            assertThat(monitor.audit().entries()).anyMatch(e -> e.what().equals("start refused"));
        }
    }

    @Test
    void disk_thatFillsUp_endsTheRun() throws Exception {
        AtomicLong free = new AtomicLong(2L << 30);
        try (SimulatedScanner scanner = scanner();
                SafetyMonitor monitor =
                        SafetyMonitor.of(scanner).freeBytes(free::get).watch()) {
            List<DeviceEvent> events = HeardEvents.of(scanner);
            CountDownLatch some = new CountDownLatch(2);
            Acquisition run = monitor.start(scanner.upload(program(), PROBE), RunOptions.DEFAULTS, block -> {
                block.release();
                some.countDown();
            });
            assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
            long filled = System.nanoTime();
            free.set(100 << 20);
            assertThatThrownBy(run::await).hasMessageContaining("DISK").hasMessageContaining("100 MiB are free");
            eventually(() -> assertThat(faultsIn(events)).containsExactly(DeviceFault.Kind.DISK));
            // a look every 50 ms; the rest is what a loaded machine adds
            assertThat((cutNs(events, filled) - filled) * 1e-9).isLessThan(0.5);
        }
    }

    @Test
    void close_ofTheDevice_cutsTheVoltageFirst() throws Exception {
        SimulatedScanner scanner = scanner();
        List<DeviceEvent> events = HeardEvents.of(scanner);
        CountDownLatch some = new CountDownLatch(1);
        Acquisition run = scanner.start(scanner.upload(program(), PROBE), b -> some.countDown());
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        scanner.close();
        eventually(() -> assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        DeviceEvent.StateChanged.class, s -> assertThat(s.to()).isEqualTo(DeviceState.CLOSED)));
        assertThat(events.get(events.size() - 2))
                .isInstanceOfSatisfying(
                        DeviceEvent.HighVoltageChanged.class,
                        v -> assertThat(v.targetV()).isZero());
        assertThatCode(run::await).doesNotThrowAnyException();
    }

    static void eventually(Runnable check) throws InterruptedException {
        long until = System.nanoTime() + 10_000_000_000L;
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                Thread.sleep(10);
            }
        }
    }
}
