package org.fus.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fus.core.data.ChannelFormat;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.BlockRing.SlotState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockRingTest {
    private static UploadedProgram program() {
        Probe probe = Probe.linear("small", 4, 0.2e-3, 15e6).build();
        TransmitSequence sequence = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 1000);
        SampleAxis receive = SampleAxis.common(60e6, 5.5e-6, 2, 50);
        return new UploadedProgram(
                new AcquisitionProgram(sequence, receive, 10, 2), new ChannelFormat(probe, sequence, receive));
    }

    @Test
    void slots_goRoundTheirStates() throws Exception {
        try (BlockRing ring = new BlockRing(program(), 2)) {
            assertThat(ring.count(SlotState.FREE)).isEqualTo(2);
            BlockRing.Slot slot = ring.tryClaim().orElseThrow();
            assertThat(ring.count(SlotState.FILLING)).isEqualTo(1);
            ring.publish(slot, 7, 14, 2, 99);
            assertThat(ring.count(SlotState.READY)).isEqualTo(1);
            assertThatThrownBy(() -> ring.publish(slot, 8, 16, 2, 99)).isInstanceOf(IllegalStateException.class);
            DeviceBlock block = ring.take().orElseThrow();
            assertThat(ring.count(SlotState.IN_USE)).isEqualTo(1);
            assertThat(block.number()).isEqualTo(7);
            assertThat(block.rf().firstFrame()).isEqualTo(14);
            assertThat(block.deviceTimeNs()).isEqualTo(99);
            assertThat(ring.tryClaim()).isPresent();
            assertThat(ring.tryClaim()).isEmpty();
            block.release();
            block.release();
            assertThat(ring.count(SlotState.FREE)).isEqualTo(1);
            assertThat(ring.mostReady()).isEqualTo(1);
        }
    }

    @Test
    void close_keepsMemoryInUseUntilItIsReleased() throws Exception {
        BlockRing ring = new BlockRing(program(), 2);
        ring.publish(ring.tryClaim().orElseThrow(), 0, 0, 2, 0);
        DeviceBlock block = ring.take().orElseThrow();
        MemorySegment samples = block.rf().samples();
        ring.close();
        assertThat(ring.tryClaim()).isEmpty();
        assertThat(ring.take()).isEmpty();
        assertThat(samples.get(ValueLayout.JAVA_SHORT, 0)).isZero();
        block.release();
        assertThatThrownBy(() -> samples.get(ValueLayout.JAVA_SHORT, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memory_isNeverWrittenWhileItIsRead() throws Exception {
        List<Throwable> problems = new CopyOnWriteArrayList<>();
        BlockRing ring = new BlockRing(program(), 3);
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (short n = 0; n < 2_000; n++) {
                    Optional<BlockRing.Slot> slot = ring.claim(1000);
                    MemorySegment memory = slot.orElseThrow().memory();
                    for (long i = 0; i < memory.byteSize() / 2; i++) {
                        memory.setAtIndex(ValueLayout.JAVA_SHORT, i, n);
                    }
                    ring.publish(slot.get(), n, 0, 2, 0);
                }
                ring.end();
            } catch (Throwable t) {
                problems.add(t);
            }
        });
        long expected = 0;
        for (Optional<DeviceBlock> b = ring.take(); b.isPresent(); b = ring.take()) {
            MemorySegment samples = b.get().rf().samples();
            for (long i = 0; i < samples.byteSize() / 2; i++) {
                assertThat(samples.getAtIndex(ValueLayout.JAVA_SHORT, i) == (short) expected)
                        .isTrue();
            }
            expected++;
            b.get().release();
        }
        writer.join();
        assertThat(problems).isEmpty();
        assertThat(expected).isEqualTo(2_000);
        ring.close();
    }
}
