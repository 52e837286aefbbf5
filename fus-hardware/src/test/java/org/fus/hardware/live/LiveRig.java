package org.fus.hardware.live;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleUnaryOperator;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.sim.SimulatedScanner;
import org.fus.io.content.ChannelRecording;

/** A small probe, noise in memory as what it receives, and a chain for it. */
final class LiveRig {
    static final Probe PROBE = Probe.linear("small", 16, 0.1e-3, 15e6).build();
    static final TransmitSequence SEQUENCE = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 1000);
    static final SampleAxis RECEIVE = SampleAxis.common(60e6, 5.5e-6, 2, 128);
    static final ChannelFormat FORMAT = new ChannelFormat(PROBE, SEQUENCE, RECEIVE);
    static final PixelGrid GRID = PixelGrid.xz(-0.5e-3, 0.5e-3, 11, 4.5e-3, 5e-3, 9);
    static final ProcessingRecipe RECIPE =
            ProcessingRecipe.of(GRID, Product.POWER).withClutter(new Clutter.Svd(5));

    /** Frames in memory; a run may be longer and begins anew then. */
    static final int FRAMES = 240;

    private LiveRig() {}

    /** Frames of noise whose amplitude grows from pixel row to pixel row, the same at each call. */
    static RfBlock rf() {
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(FORMAT, FRAMES), 8);
        SplittableRandom random = new SplittableRandom(7);
        for (long i = 0; i < samples.byteSize() / 2; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) random.nextInt(-2000, 2001));
        }
        return RfBlock.wrap(FORMAT, 0, FRAMES, samples);
    }

    /** 500 frames per second, ready or not. */
    static SimulatedScanner paced() {
        return scanner(t -> 1, true);
    }

    /** As fast as blocks are taken. */
    static SimulatedScanner waiting() {
        return scanner(t -> 1, false);
    }

    static SimulatedScanner scanner(DoubleUnaryOperator gain, boolean paced) {
        return SimulatedScanner.builder()
                .replay("noise", ChannelRecording.of(rf()), gain, paced, true)
                .open();
    }

    static AcquisitionProgram program(int frames, int perBlock) {
        return new AcquisitionProgram(SEQUENCE, RECEIVE, frames, perBlock);
    }

    static void eventually(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("did not happen within 20 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** The threads of live chains that are alive. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith("fus-live-"))
                .sorted()
                .toList();
    }
}
