package org.fus.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.fus.core.error.FusDeviceException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every device must do. A test class per device extends this. */
@Timeout(30)
public abstract class UltrasoundDeviceConformance {
    /** The device under test, connected. */
    protected UltrasoundDevice device;

    /** Whether blocks come at the pace of the program, so that a slow receiver makes the ring overflow. */
    protected boolean paced() {
        return false;
    }

    /** Opens a device. */
    protected abstract UltrasoundDevice open();

    /** A short program that the device can run. */
    protected abstract AcquisitionProgram program(int frames, int framesPerBlock);

    @BeforeEach
    void connect() {
        device = open();
    }

    @AfterEach
    void disconnect() {
        device.close();
    }

    /** Starts a run whose blocks are released when the taker returns. */
    protected Acquisition start(UploadedProgram program, Consumer<DeviceBlock> taker) {
        return device.start(program, RunOptions.DEFAULTS, block -> {
            taker.accept(block);
            block.release();
        });
    }

    private UploadedProgram upload(int frames, int framesPerBlock) {
        return device.upload(program(frames, framesPerBlock), device.probe());
    }

    @Test
    void run_toTheEnd_deliversAllFramesInOrder() {
        UploadedProgram program = upload(7, 3);
        assertThat(program.blocks()).isEqualTo(3);
        assertThat(program.format().channels()).isEqualTo(device.probe().elements());
        List<long[]> blocks = new ArrayList<>();
        Acquisition run = start(program, b -> {
            assertThat(b.content()).isEqualTo(program.content());
            assertThat(b.samples().byteSize()).isLessThanOrEqualTo(program.blockBytes());
            blocks.add(new long[] {b.firstFrame(), b.frames()});
        });
        run.await();
        assertThat(blocks).containsExactly(new long[] {0, 3}, new long[] {3, 3}, new long[] {6, 1});
        assertThat(run.isDone()).isTrue();
        assertThat(run.framesDelivered()).isEqualTo(7);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void states_followTheDiagram() {
        assertThat(device.state()).isEqualTo(DeviceState.CONNECTED);
        UploadedProgram program = upload(2, 1);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        List<DeviceState> seen = new ArrayList<>();
        start(program, b -> seen.add(device.state())).await();
        assertThat(seen).containsExactly(DeviceState.RUNNING, DeviceState.STOPPING);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        device.close();
        assertThat(device.state()).isEqualTo(DeviceState.CLOSED);
    }

    @Test
    void start_again_runsFromFrameZero() {
        UploadedProgram program = upload(2, 2);
        List<Long> first = new ArrayList<>();
        start(program, b -> first.add(b.firstFrame())).await();
        start(program, b -> first.add(b.firstFrame())).await();
        assertThat(first).containsExactly(0L, 0L);
    }

    @Test
    void sink_slow_isNeverCalledTwiceAtATimeAndLosesNothing() {
        assumeFalse(paced(), "a device with a clock overflows, see receiver_keepsEveryBlock");
        UploadedProgram program = upload(6, 1);
        AtomicInteger inside = new AtomicInteger();
        List<Long> frames = new ArrayList<>();
        start(program, b -> {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    pause();
                    frames.add(b.firstFrame());
                    inside.decrementAndGet();
                })
                .await();
        assertThat(frames).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    private static void pause() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sink_throws_endsTheRunAndReachesTheCaller() {
        UploadedProgram program = upload(50, 1);
        IllegalStateException broken = new IllegalStateException("disk full");
        AtomicInteger calls = new AtomicInteger();
        Acquisition run = start(program, b -> {
            if (calls.incrementAndGet() == 2) {
                throw broken;
            }
        });
        assertThatThrownBy(run::await).isSameAs(broken);
        assertThat(calls).hasValue(2);
        assertThat(run.framesDelivered()).isEqualTo(1);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        assertThatCode(() -> start(program, b -> run.stop()).stop()).doesNotThrowAnyException();
    }

    @Test
    void stop_midRun_endsSoonAndStartsAgain() throws Exception {
        UploadedProgram program = upload(1_000_000, 2);
        CountDownLatch some = new CountDownLatch(2);
        Acquisition run = start(program, b -> some.countDown());
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        long before = System.nanoTime();
        device.stop();
        assertThat(System.nanoTime() - before).as("time to stop, ns").isLessThan(5_000_000_000L);
        assertThat(run.isDone()).isTrue();
        run.await();
        assertThat(run.framesDelivered()).isBetween(4L, 999_999L);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        Acquisition second = start(program, b -> {});
        second.stop();
        second.await();
    }

    @Test
    void stop_fromTheSink_doesNotHang() {
        UploadedProgram program = upload(1000, 1);
        AtomicInteger calls = new AtomicInteger();
        Acquisition run = start(program, b -> {
            calls.incrementAndGet();
            device.stop();
        });
        run.await();
        // this one, and what had been acquired by then: at most a ring
        assertThat(calls.get()).isBetween(1, 1 + RunOptions.DEFAULTS.ringBlocks());
    }

    @Test
    void close_whileRunning_stopsAndTakesTheMemoryAway() throws Exception {
        UploadedProgram program = upload(1_000_000, 1);
        AtomicReference<MemorySegment> kept = new AtomicReference<>();
        CountDownLatch some = new CountDownLatch(1);
        Acquisition run = start(program, b -> {
            kept.set(b.samples());
            some.countDown();
        });
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        device.close();
        assertThat(run.isDone()).isTrue();
        assertThatThrownBy(() -> kept.get().get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        device.close();
    }

    @Test
    void close_fromTheSink_ends() {
        UploadedProgram program = upload(1000, 1);
        Acquisition run = start(program, b -> device.close());
        run.await();
        assertThat(run.framesDelivered()).isBetween(1L, 1L + RunOptions.DEFAULTS.ringBlocks());
        assertThat(device.state()).isEqualTo(DeviceState.CLOSED);
    }

    @Test
    void calls_outOfTurn_areRefused() throws Exception {
        UploadedProgram old = upload(5, 1);
        UploadedProgram program = upload(1000, 1);
        assertThatThrownBy(() -> start(old, b -> {}))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("upload");
        CountDownLatch release = new CountDownLatch(1);
        Acquisition run = start(program, b -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() -> start(program, b -> {})).isInstanceOf(FusDeviceException.class);
        assertThatThrownBy(() -> upload(5, 1)).isInstanceOf(FusDeviceException.class);
        run.stop();
        release.countDown();
        run.await();
        device.close();
        assertThatThrownBy(() -> upload(5, 1))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("CLOSED");
        assertThatThrownBy(() -> start(program, b -> {})).isInstanceOf(FusDeviceException.class);
        assertThatCode(() -> device.stop()).doesNotThrowAnyException();
    }

    @Test
    void receiver_releasesLater_blocksStayValidAndOrdered() {
        UploadedProgram program = upload(6, 1);
        Queue<DeviceBlock> held = new ArrayDeque<>();
        List<Long> numbers = new ArrayList<>();
        Acquisition run = device.start(program, new RunOptions(4, RunOptions.Overflow.STOP), block -> {
            numbers.add(block.number());
            held.add(block);
            if (held.size() == 2) {
                DeviceBlock first = held.remove();
                assertThat(first.firstFrame()).isEqualTo(block.number() - 1);
                first.release();
                first.release();
                assertThatThrownBy(first::samples).isInstanceOf(IllegalStateException.class);
            }
        });
        run.await();
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        DeviceBlock last = held.remove();
        device.close();
        // held blocks outlive the device
        MemorySegment samples = last.samples();
        assertThatCode(() -> samples.get(ValueLayout.JAVA_BYTE, 0)).doesNotThrowAnyException();
        last.release();
        assertThatThrownBy(() -> samples.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void receiver_keepsEveryBlock_overflowsOrWaits() throws Exception {
        UploadedProgram program = upload(1000, 1);
        List<DeviceBlock> held = new CopyOnWriteArrayList<>();
        List<DeviceEvent> events = listen();
        CountDownLatch three = new CountDownLatch(3);
        Acquisition run = device.start(program, new RunOptions(3, RunOptions.Overflow.STOP), block -> {
            held.add(block);
            three.countDown();
        });
        assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
        if (paced()) {
            assertThatThrownBy(run::await)
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("overflow");
            assertThat(run.blocksLost()).isEqualTo(1);
            eventually(() -> assertThat(events).anyMatch(DeviceEvent.Overflowed.class::isInstance));
            assertThat(device.state()).isEqualTo(DeviceState.READY);
        } else {
            Thread.sleep(50);
            assertThat(run.isDone()).isFalse();
            assertThat(run.blocksLost()).isZero();
        }
        assertThat(held).hasSize(3);
        run.stop();
        held.forEach(DeviceBlock::release);
        assertThat(run.isDone() || joined(run)).isTrue();
    }

    private boolean joined(Acquisition run) {
        device.stop();
        return run.isDone();
    }

    @Test
    void highVoltage_isOnWhileArmedOrRunningAlone() throws Exception {
        UploadedProgram program = upload(1_000_000, 1);
        assertThat(device.highVoltage().on()).isFalse();
        CountDownLatch some = new CountDownLatch(1);
        start(program, b -> some.countDown());
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(device.highVoltage().on()).isTrue();
        assertThat(device.highVoltage().measuredV())
                .isCloseTo(device.highVoltage().targetV(), within(0.5));
        device.stop();
        assertThat(device.highVoltage().on()).isFalse();
    }

    @Test
    void setVoltage_outsideTheLimits_isRefused() {
        double before = device.highVoltage().targetV();
        double most = device.limits().voltageV();
        for (double volts : new double[] {-1, most + 1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> device.setVoltage(volts))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + most);
        }
        assertThat(device.highVoltage().targetV()).isEqualTo(before);
        device.setVoltage(most / 2);
        assertThat(device.highVoltage().targetV()).isEqualTo(most / 2);
    }

    @Test
    void heartbeat_thatEnds_cutsTheVoltageInTime() throws Exception {
        UploadedProgram program = upload(1_000_000, 1);
        List<DeviceEvent> events = listen();
        Acquisition run = start(program, b -> {});
        device.heartbeat();
        long last = System.nanoTime();
        assertThatThrownBy(run::await).isInstanceOf(FusDeviceException.class).hasMessageContaining("HEARTBEAT_LOST");
        assertThat(device.state()).isEqualTo(DeviceState.FAULTED);
        assertThat(device.highVoltage().on()).isFalse();
        eventually(() -> assertThat(events).anyMatch(DeviceEvent.Faulted.class::isInstance));
        // of the cut itself, stamped by the device: 1.0 s, one tick, and what a loaded machine may add
        long cut = events.stream()
                .filter(DeviceEvent.HighVoltageChanged.class::isInstance)
                .map(DeviceEvent.HighVoltageChanged.class::cast)
                .filter(e -> e.reason().contains("HEARTBEAT_LOST"))
                .findFirst()
                .orElseThrow()
                .hostTimeNs();
        assertThat((cut - last) * 1e-9).isBetween(0.95, 1.5);
        assertThatThrownBy(() -> start(program, b -> {}))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("reset");
        device.reset();
        assertThat(device.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void emergencyStop_whileRunning_keepsWhatWasAcquired() throws Exception {
        UploadedProgram program = upload(1_000_000, 1);
        List<DeviceEvent> events = listen();
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(3);
        Acquisition run = start(program, b -> {
            taken.incrementAndGet();
            some.countDown();
        });
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        device.emergencyStop();
        assertThat(device.highVoltage().on()).isFalse();
        assertThat(device.state()).isEqualTo(DeviceState.EMERGENCY_STOPPED);
        device.emergencyStop();
        assertThatThrownBy(run::await).isInstanceOf(FusDeviceException.class).hasMessageContaining("EMERGENCY_STOP");
        assertThat(run.framesDelivered()).isEqualTo(taken.get());
        eventually(() -> assertThat(events)
                .filteredOn(DeviceEvent.Faulted.class::isInstance)
                .singleElement()
                .asString()
                .contains("EMERGENCY_STOP"));
        device.reset();
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        start(program, b -> {}).stop();
    }

    @Test
    void trip_latchesTheFirstReason() {
        UploadedProgram program = upload(1_000_000, 1);
        Acquisition run = start(program, b -> {});
        device.trip(new DeviceFault(DeviceFault.Kind.DISK, "nearly full"));
        device.trip(new DeviceFault(DeviceFault.Kind.FREEZE, "nobody looks"));
        assertThat(device.state()).isEqualTo(DeviceState.FAULTED);
        assertThatThrownBy(run::await).hasMessageContaining("nearly full");
        device.emergencyStop(); // outranks a fault
        assertThat(device.state()).isEqualTo(DeviceState.EMERGENCY_STOPPED);
    }

    @Test
    void defaultProgram_isValid() {
        assertThat(device.validate(device.defaultProgram(), device.probe())).isEmpty();
    }

    /** Collects the events from now on. */
    protected List<DeviceEvent> listen() {
        return HeardEvents.of(device);
    }

    /** Events come on threads of their own: tries for 10 s. */
    protected static void eventually(Runnable check) throws InterruptedException {
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

    @Test
    void validate_goodProgram_findsNothing() {
        assertThat(device.validate(program(4, 2), device.probe())).isEmpty();
        assertThat(device.state()).isEqualTo(DeviceState.CONNECTED);
    }

    @Test
    void upload_impossibleProgram_namesAllProblemsAndKeepsTheOldOne() {
        UploadedProgram good = upload(2, 1);
        AcquisitionProgram base = program(2, 1);
        SampleAxis receive = base.receive();
        int tooMany = device.limits().samples() + 1;
        AcquisitionProgram bad = new AcquisitionProgram(
                base.sequence(),
                new SampleAxis(receive.samplingFrequencyHz() / 100, receive.startTimesS(), tooMany),
                2,
                1);
        Probe other = Probe.linear("another probe", 16, 0.2e-3, 5e6).build();
        List<String> problems = device.validate(bad, other);
        assertThat(problems).hasSizeGreaterThanOrEqualTo(3);
        assertThat(problems).anyMatch(p -> p.contains("another probe"));
        assertThat(problems).anyMatch(p -> p.startsWith("groups[0].samples:") && p.contains("" + tooMany));
        assertThat(problems).anyMatch(p -> p.startsWith("groups[0].samplingFrequency:"));
        assertThatThrownBy(() -> device.upload(bad, other))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> problems.forEach(p -> assertThat(e).hasMessageContaining(p)));
        start(good, b -> {}).await();
    }

    @Test
    void block_samples_areReadableAndNotConstant() {
        UploadedProgram program = upload(1, 1);
        AtomicInteger different = new AtomicInteger();
        start(program, b -> {
                    MemorySegment s = b.samples();
                    assertThat(s.byteSize()).isEqualTo(program.content().frameBytes());
                    short first = s.get(ValueLayout.JAVA_SHORT, 0);
                    for (long i = 0; i < s.byteSize(); i += Short.BYTES) {
                        if (s.get(ValueLayout.JAVA_SHORT, i) != first) {
                            different.incrementAndGet();
                        }
                    }
                })
                .await();
        assertThat(different.get()).isPositive();
    }
}
