package org.fus.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.fus.core.data.RfBlock;
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

    private UploadedProgram upload(int frames, int framesPerBlock) {
        return device.upload(program(frames, framesPerBlock), device.probe());
    }

    @Test
    void run_toTheEnd_deliversAllFramesInOrder() {
        UploadedProgram program = upload(7, 3);
        assertThat(program.blocks()).isEqualTo(3);
        assertThat(program.format().channels()).isEqualTo(device.probe().elements());
        List<long[]> blocks = new ArrayList<>();
        Acquisition run = device.start(program, b -> {
            assertThat(b.format()).isSameAs(program.format());
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
        device.start(program, b -> seen.add(device.state())).await();
        assertThat(seen).containsExactly(DeviceState.RUNNING, DeviceState.STOPPING);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        device.close();
        assertThat(device.state()).isEqualTo(DeviceState.CLOSED);
    }

    @Test
    void start_again_runsFromFrameZero() {
        UploadedProgram program = upload(2, 2);
        List<Long> first = new ArrayList<>();
        device.start(program, b -> first.add(b.firstFrame())).await();
        device.start(program, b -> first.add(b.firstFrame())).await();
        assertThat(first).containsExactly(0L, 0L);
    }

    @Test
    void sink_slow_isNeverCalledTwiceAtATimeAndLosesNothing() {
        UploadedProgram program = upload(6, 1);
        AtomicInteger inside = new AtomicInteger();
        List<Long> frames = new ArrayList<>();
        device.start(program, b -> {
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
        Acquisition run = device.start(program, b -> {
            if (calls.incrementAndGet() == 2) {
                throw broken;
            }
        });
        assertThatThrownBy(run::await).isSameAs(broken);
        assertThat(calls).hasValue(2);
        assertThat(run.framesDelivered()).isEqualTo(1);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        assertThatCode(() -> device.start(program, b -> run.stop()).stop()).doesNotThrowAnyException();
    }

    @Test
    void stop_midRun_endsSoonAndStartsAgain() throws Exception {
        UploadedProgram program = upload(1_000_000, 2);
        CountDownLatch some = new CountDownLatch(2);
        Acquisition run = device.start(program, b -> some.countDown());
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        long before = System.nanoTime();
        device.stop();
        assertThat(System.nanoTime() - before).as("time to stop, ns").isLessThan(5_000_000_000L);
        assertThat(run.isDone()).isTrue();
        run.await();
        assertThat(run.framesDelivered()).isBetween(4L, 999_999L);
        assertThat(device.state()).isEqualTo(DeviceState.READY);
        Acquisition second = device.start(program, b -> {});
        second.stop();
        second.await();
    }

    @Test
    void stop_fromTheSink_doesNotHang() {
        UploadedProgram program = upload(1000, 1);
        AtomicInteger calls = new AtomicInteger();
        Acquisition run = device.start(program, b -> {
            calls.incrementAndGet();
            device.stop();
        });
        run.await();
        assertThat(calls).hasValue(1);
    }

    @Test
    void close_whileRunning_stopsAndTakesTheMemoryAway() throws Exception {
        UploadedProgram program = upload(1_000_000, 1);
        AtomicReference<MemorySegment> kept = new AtomicReference<>();
        CountDownLatch some = new CountDownLatch(1);
        Acquisition run = device.start(program, b -> {
            kept.set(b.samples());
            some.countDown();
        });
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        device.close();
        assertThat(run.isDone()).isTrue();
        assertThatThrownBy(() -> kept.get().get(ValueLayout.JAVA_SHORT, 0)).isInstanceOf(IllegalStateException.class);
        device.close();
    }

    @Test
    void close_fromTheSink_ends() {
        UploadedProgram program = upload(1000, 1);
        Acquisition run = device.start(program, b -> device.close());
        run.await();
        assertThat(run.framesDelivered()).isEqualTo(1);
        assertThat(device.state()).isEqualTo(DeviceState.CLOSED);
    }

    @Test
    void calls_outOfTurn_areRefused() throws Exception {
        UploadedProgram old = upload(5, 1);
        UploadedProgram program = upload(1000, 1);
        assertThatThrownBy(() -> device.start(old, b -> {}))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("upload");
        CountDownLatch release = new CountDownLatch(1);
        Acquisition run = device.start(program, b -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() -> device.start(program, b -> {})).isInstanceOf(FusDeviceException.class);
        assertThatThrownBy(() -> upload(5, 1)).isInstanceOf(FusDeviceException.class);
        run.stop();
        release.countDown();
        run.await();
        device.close();
        assertThatThrownBy(() -> upload(5, 1))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("CLOSED");
        assertThatThrownBy(() -> device.start(program, b -> {})).isInstanceOf(FusDeviceException.class);
        assertThatCode(() -> device.stop()).doesNotThrowAnyException();
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
        assertThat(problems).anyMatch(p -> p.contains("receive.samples") && p.contains("" + tooMany));
        assertThat(problems).anyMatch(p -> p.contains("samplingFrequencyHz"));
        assertThatThrownBy(() -> device.upload(bad, other))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> problems.forEach(p -> assertThat(e).hasMessageContaining(p)));
        device.start(good, b -> {}).await();
    }

    @Test
    void block_samples_areReadableAndNotConstant() {
        UploadedProgram program = upload(1, 1);
        AtomicInteger different = new AtomicInteger();
        device.start(program, (RfBlock b) -> {
                    MemorySegment s = b.samples();
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
