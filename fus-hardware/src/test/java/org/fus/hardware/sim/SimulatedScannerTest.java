package org.fus.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
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
import org.fus.core.simulation.BloodVolume;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.core.simulation.Phantom;
import org.fus.core.simulation.Vessel;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.fus.hardware.UploadedProgram;
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
        AcquisitionProgram waiting = new AcquisitionProgram(
                List.of(group), group.name(), Control.IMMEDIATE.on(new TriggerIn("1", TriggerIn.Edge.RISING)));

        assertThat(device.validate(waiting, device.probe()))
                .containsExactly(
                        "program: 1 units with triggers, links, delays or settings; this device plays one group"
                                + " at its regular pace");
    }

    @Test
    void validate_focusedOffBandAndTooLong_reportsEach() {
        TransmitSequence focus = new TransmitSequence(List.of(new Transmit.FocusedWave(0, 5e-3)), 5e6, 40e3, 1540);
        AcquisitionProgram program = new AcquisitionProgram(focus, SampleAxis.common(60e6, 0, 1, 3000), 1, 1);
        assertThat(device.validate(program, PROBE))
                .anyMatch(p -> p.startsWith("sequence.transmits[0]"))
                .anyMatch(p -> p.startsWith("sequence.centerFrequencyHz"))
                .anyMatch(p -> p.startsWith("sequence.pulseRepetitionFrequencyHz"))
                .anyMatch(p -> p.startsWith("receive.startTimesS[0]"))
                .hasSize(4);
    }

    @Test
    void validate_blockBeyondTheLimit_isRefused() {
        assertThat(device.validate(program(1_000_000, 1_000_000), PROBE))
                .singleElement()
                .asString()
                .startsWith("framesPerBlock");
    }
}
