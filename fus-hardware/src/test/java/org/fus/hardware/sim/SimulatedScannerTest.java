package org.fus.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.fus.core.data.RfBlock;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;
import org.fus.core.simulation.BloodVolume;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.core.simulation.Phantom;
import org.fus.core.simulation.Vessel;
import org.fus.hardware.Acquisition;
import org.fus.hardware.ClockGrid;
import org.fus.hardware.DeviceState;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.trigger.ClockFit;
import org.fus.hardware.trigger.TriggerEdge;
import org.junit.jupiter.api.Test;

class SimulatedScannerTest extends UltrasoundDeviceConformance {
    private static final Probe PROBE = Probe.linear("small", 16, 0.2e-3, 15e6)
            .elevation(1.5e-3, 8e-3)
            .fractionalBandwidth(0.6)
            .build();
    private static final Phantom PHANTOM = new Phantom(
            1, List.of(), List.of(new Vessel(0, 0, 5e-3, 0, 0.2e-3, 1e-3, 5e-3, 100, BloodVolume.AT_REST)), 10);

    @Override
    protected UltrasoundDevice open() {
        return SimulatedScanner.builder().probe(PROBE).phantom(PHANTOM).open();
    }

    @Override
    protected AcquisitionProgram program(int frames, int framesPerBlock) {
        TransmitSequence sequence = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 5000);
        return new AcquisitionProgram(sequence, SampleAxis.common(60e6, 5.5e-6, 2, 150), frames, framesPerBlock);
    }

    @Test
    void blocks_areTheSimulatorsFrames() {
        UploadedProgram uploaded = device.upload(program(5, 2), PROBE);
        List<byte[]> blocks = new ArrayList<>();
        device.start(uploaded, b -> blocks.add(b.samples().toArray(ValueLayout.JAVA_BYTE)))
                .await();
        ChannelSimulator same = ChannelSimulator.plan(
                uploaded.format(),
                new GaussianPulse(15e6, 0.6),
                ((SimulatedScanner) device).medium(),
                PHANTOM,
                RunContext.inline());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment last = arena.allocate(RfBlock.bytes(uploaded.format(), 1));
            same.frames(4, 1, last, RunContext.inline());
            assertThat(blocks.get(2)).isEqualTo(last.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Test
    void start_threadOfTheHost_isUsed() {
        AtomicReference<String> name = new AtomicReference<>();
        try (SimulatedScanner scanner = SimulatedScanner.builder()
                .probe(PROBE)
                .phantom(PHANTOM)
                .threads(r -> new Thread(r, "the host's"))
                .open()) {
            scanner.start(
                            scanner.upload(program(1, 1), PROBE),
                            b -> name.set(Thread.currentThread().getName()))
                    .await();
        }
        assertThat(name).hasValue("the host's");
    }

    @Test
    void validate_programOfSeveralUnits_saysThatTheDevicePlaysOneGroup() {
        FiringGroup group = program(2, 1).groups().getFirst();
        AcquisitionProgram two = new AcquisitionProgram(
                List.of(group, new FiringGroup("more", group.sequence(), group.receive(), 2, 1)),
                group.name(),
                Control.IMMEDIATE);
        assertThat(device.validate(two, device.probe()))
                .singleElement()
                .asString()
                .contains("2 units")
                .contains("one group");
        AcquisitionProgram unknown = new AcquisitionProgram(
                List.of(group),
                group.name(),
                Control.IMMEDIATE
                        .on(new TriggerIn("7", TriggerIn.Edge.HIGH))
                        .announcing(new TriggerOut("8", 0, 1e-3, TriggerOut.Polarity.POSITIVE)));
        assertThat(device.validate(unknown, device.probe()))
                .hasSize(3)
                .anyMatch(p -> p.contains("no input '7'"))
                .anyMatch(p -> p.contains("HIGH"))
                .anyMatch(p -> p.contains("no output '8'"));
    }

    @Test
    void start_programWithTrigger_isArmedUntilTheEdgeAndAnnouncesItself() throws Exception {
        SimulatedScanner scanner = (SimulatedScanner) device;
        FiringGroup group = program(3, 1).groups().getFirst();
        AcquisitionProgram waiting = new AcquisitionProgram(
                List.of(group),
                group.name(),
                Control.IMMEDIATE
                        .on(new TriggerIn("in1", TriggerIn.Edge.RISING))
                        .announcing(new TriggerOut("out1", 0, 1e-3, TriggerOut.Polarity.POSITIVE)));
        List<String> edges = new CopyOnWriteArrayList<>();
        scanner.triggerLines().listen((channel, slope, timeNs) -> edges.add(channel + " " + slope));
        Acquisition run = device.start(device.upload(waiting, PROBE), b -> {});
        scanner.scheduleEdge("in1", TriggerEdge.Slope.FALLING, 0.05);
        scanner.scheduleEdge("in2", TriggerEdge.Slope.RISING, 0.05);
        eventually(() -> assertThat(edges).contains("in1 FALLING", "in2 RISING"));
        assertThat(device.state()).isEqualTo(DeviceState.ARMED);
        assertThat(run.framesDelivered()).isZero();
        scanner.scheduleEdge("in1", TriggerEdge.Slope.RISING, 0);
        run.await();
        assertThat(run.framesDelivered()).isEqualTo(3);
        eventually(() -> assertThat(edges).contains("loop-out1 RISING", "loop-out1 FALLING"));
    }

    @Test
    void highVoltage_ramps_beforeTheFirstFiring() {
        try (SimulatedScanner slow = SimulatedScanner.builder()
                .probe(PROBE)
                .phantom(PHANTOM)
                .behaviour(SimulatedBehaviour.DEFAULT.withVoltage(20, 100))
                .open()) {
            long before = System.nanoTime();
            AtomicLong first = new AtomicLong();
            slow.start(slow.upload(program(1, 1), PROBE), b -> first.set(System.nanoTime()))
                    .await();
            // 20 V at 100 V/s; SETTLED_V of 0.1 V ends it 1 ms early
            assertThat((first.get() - before) * 1e-9).isGreaterThan(0.199);
        }
    }

    @Test
    void clock_ofTheDevice_drifts() {
        double ppm = 5000;
        try (SimulatedScanner off = SimulatedScanner.builder()
                .probe(PROBE)
                .phantom(PHANTOM)
                .behaviour(SimulatedBehaviour.DEFAULT.withClock(ppm, 0))
                .open()) {
            List<ClockFit.Sample> samples = new ArrayList<>();
            off.start(off.upload(program(40, 1), PROBE), RunOptions.DEFAULTS, b -> {
                        samples.add(new ClockFit.Sample(b.deviceTimeNs(), b.hostTimeNs(), 1e-3));
                        b.release();
                        sleep(10);
                    })
                    .await();
            // the device's clock is fast, so the host's is slow against it; 40 times over 0.4 s, each within some 2 ms
            assertThat(ClockFit.of(samples).driftPpm()).isBetween(-ppm - 3000, -ppm + 3000);
        }
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void probe_warmsByTheModel() throws Exception {
        // P = N V^2 / 2 Z * duty: 16 * 400 / 2 / 1 * (5000 * 2 / 15e6) = 2.13 W; 5 K/W in the end, time constant 50 ms
        SimulatedBehaviour hot = new SimulatedBehaviour(0, 20, 1e5, 25, 5, 0.05, 1, 1, 0, 0);
        try (SimulatedScanner scanner = SimulatedScanner.builder()
                .probe(PROBE)
                .phantom(PHANTOM)
                .behaviour(hot)
                .open()) {
            Acquisition run = scanner.start(scanner.upload(program(1_000_000, 1), PROBE), b -> {});
            Thread.sleep(600); // 12 time constants
            assertThat(scanner.probes().getFirst().temperatureC()).isCloseTo(25 + 2.1333 * 5, within(0.05));
            run.stop();
            scanner.stop();
            Thread.sleep(600);
            assertThat(scanner.probes().getFirst().temperatureC()).isCloseTo(25, within(0.05));
        }
    }

    @Test
    void validate_focusedOffBandAndTooLong_reportsEach() {
        TransmitSequence focus = new TransmitSequence(List.of(new Transmit.FocusedWave(0, 5e-3)), 5e6, 40e3, 1540);
        AcquisitionProgram program = new AcquisitionProgram(focus, SampleAxis.common(60e6, 0, 1, 3000), 1, 1);
        assertThat(device.validate(program, PROBE))
                .anyMatch(p -> p.startsWith("groups[0].events[0].transmit:"))
                .anyMatch(p -> p.startsWith("groups[0].centerFrequency:"))
                .anyMatch(p -> p.startsWith("groups[0].pulseRepetitionFrequency:"))
                .anyMatch(p -> p.startsWith("groups[0].events[0].period:"))
                .hasSize(4);
    }

    @Test
    void validate_blockBeyondTheLimit_isRefused() {
        assertThat(device.validate(program(1_000_000, 1_000_000), PROBE))
                .singleElement()
                .asString()
                .startsWith("groups[0].framesPerBlock:");
    }

    @Test
    void upload_scannerWithClocks_samplesOnThem() {
        try (SimulatedScanner clocked = SimulatedScanner.builder()
                .probe(PROBE)
                .phantom(PHANTOM)
                .clocks(new ClockGrid(250e6, 250e6, 64))
                .open()) {
            UploadedProgram uploaded = clocked.upload(program(1, 1), PROBE);
            // 250 / 60 MHz rounds to 4; 250 / 15 to 17; 150 samples to 192; 5.5 us is 1375 ticks
            assertThat(uploaded.format().samples().samplingFrequencyHz()).isEqualTo(62.5e6);
            assertThat(uploaded.format().sequence().centerFrequencyHz()).isEqualTo(250e6 / 17);
            assertThat(uploaded.format().samples().samples()).isEqualTo(192);
            assertThat(uploaded.format().samples().startTimesS().getFirst()).isEqualTo(5.5e-6);
            clocked.start(uploaded, b -> assertThat(b.samples().byteSize()).isEqualTo(2L * 2 * 16 * 192))
                    .await();
        }
    }
}
