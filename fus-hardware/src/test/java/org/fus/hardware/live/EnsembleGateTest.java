package org.fus.hardware.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.BlockRing;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.UploadedProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ensembles of 40 frames in blocks of 10: which are taken, and what is counted. */
@Timeout(60)
class EnsembleGateTest {
    private static final AcquisitionProgram PROGRAM = LiveRig.program(10_000, 10);
    private final BlockRing ring = new BlockRing(new UploadedProgram(PROGRAM, LiveRig.FORMAT), 32);
    private final DisplayRate display = new DisplayRate(Double.POSITIVE_INFINITY);

    private EnsembleGate gate(int room, StreamPolicy policy) {
        return new EnsembleGate(40, 4, room, policy, display);
    }

    private SharedBlock block(long number) throws InterruptedException {
        BlockRing.Slot slot = ring.tryClaim().orElseThrow();
        ring.publish(slot, number, number * 10, 10, 0);
        DeviceBlock block = ring.take().orElseThrow();
        return new SharedBlock(block, 1);
    }

    private static List<Long> taken(EnsembleGate gate) {
        gate.end(false);
        List<Long> numbers = new ArrayList<>();
        for (SharedBlock b = gate.take(); b != null; b = gate.take()) {
            numbers.add(b.block().firstFrame() / 10);
            gate.done(b);
        }
        return numbers;
    }

    @AfterEach
    void everyBlockIsReleased() {
        assertThat(ring.count(BlockRing.SlotState.FREE)).isEqualTo(32);
        ring.close();
    }

    @Test
    void newestOnly_withoutRoomForAll_skipsWholeEnsembles() throws Exception {
        EnsembleGate gate = gate(6, StreamPolicy.NEWEST_ONLY);
        for (int i = 0; i < 12; i++) {
            gate.offer(block(i)); // nobody takes
        }
        assertThat(gate.skipped()).isEqualTo(2);
        assertThat(taken(gate)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(gate.incomplete()).isZero();
    }

    @Test
    void newestOnly_behind_thinsTheDisplayBeforeItSkips() throws Exception {
        EnsembleGate gate = gate(6, StreamPolicy.NEWEST_ONLY);
        for (int i = 0; i < 4; i++) {
            gate.offer(block(i));
        }
        gate.done(gate.take());
        gate.done(gate.take()); // two of four are left: behind, but there is room
        gate.offer(block(4));
        assertThat(gate.skipped()).isZero();
        assertThat(display.divisor()).isEqualTo(2);
        for (int i = 5; i < 9; i++) {
            gate.offer(block(i));
        }
        assertThat(gate.skipped()).isEqualTo(1);
        assertThat(display.divisor()).isEqualTo(4);
        taken(gate);
    }

    @Test
    void display_recovers_afterSomeCalmEnsembles() {
        display.pressure(true);
        display.pressure(true);
        assertThat(display.divisor()).isEqualTo(4);
        for (int i = 0; i < 8; i++) {
            display.pressure(false);
        }
        assertThat(display.divisor()).isEqualTo(1);
        assertThat(display.mostDivisor()).isEqualTo(4);
        for (int i = 0; i < 10; i++) {
            display.pressure(true);
        }
        assertThat(display.divisor()).isEqualTo(8);
        DisplayRate.Shutter shutter = display.new Shutter();
        int shown = 0;
        for (int i = 0; i < 80; i++) {
            shown += shutter.next() ? 1 : 0;
        }
        assertThat(shown).isEqualTo(10);
    }

    @Test
    void gap_withinAnEnsemble_leavesItsRestOut() throws Exception {
        EnsembleGate gate = gate(20, StreamPolicy.NEWEST_ONLY);
        for (int i : new int[] {0, 1, 3, 4, 5, 6, 7}) {
            gate.offer(block(i));
        }
        assertThat(gate.incomplete()).isEqualTo(1);
        assertThat(taken(gate)).containsExactly(0L, 1L, 4L, 5L, 6L, 7L);
        assertThat(gate.incomplete()).isEqualTo(1);
    }

    @Test
    void gap_atTheStartOrTheEndOfAnEnsemble_isCountedOnce() throws Exception {
        EnsembleGate gate = gate(20, StreamPolicy.NEWEST_ONLY);
        for (int i : new int[] {1, 2, 3, 4, 5, 6, 8, 9}) {
            gate.offer(block(i));
        }
        // 0 to 3 lacks its start, 4 to 7 its end, 8 to 11 goes on
        assertThat(gate.incomplete()).isEqualTo(2);
        assertThat(taken(gate)).containsExactly(4L, 5L, 6L, 8L, 9L);
        assertThat(gate.incomplete()).isEqualTo(3);
    }

    @Test
    void processAll_withoutRoom_holdsTheDeviceUp() throws Exception {
        EnsembleGate gate = gate(2, StreamPolicy.PROCESS_ALL);
        Thread device = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 8; i++) {
                try {
                    gate.offer(block(i));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        LiveRig.eventually(() -> device.getState() == Thread.State.WAITING);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SharedBlock b = gate.take();
            numbers.add(b.block().firstFrame() / 10);
            gate.done(b);
        }
        device.join();
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(gate.skipped()).isZero();
        assertThat(taken(gate)).isEmpty();
    }

    @Test
    void end_cancelled_releasesWhatWaitsAndWhatComes() throws Exception {
        EnsembleGate gate = gate(20, StreamPolicy.NEWEST_ONLY);
        gate.offer(block(0));
        gate.offer(block(1));
        gate.end(true);
        gate.offer(block(2));
        assertThat(gate.take()).isNull();
    }
}
