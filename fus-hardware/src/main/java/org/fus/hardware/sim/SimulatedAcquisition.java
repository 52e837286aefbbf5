package org.fus.hardware.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusCancelledException;
import org.fus.core.run.RunContext;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockSink;
import org.fus.hardware.DeviceState;
import org.fus.hardware.UploadedProgram;

/** One run: computes frames into a native block, hands the block over, and starts on the next one. */
final class SimulatedAcquisition implements Acquisition, Runnable {
    /** Frames between two looks for a stop: as many as the simulator computes best together, some 0.2 s. */
    private static final int FRAMES_AT_A_TIME = 4;

    private final ChannelSimulator simulator;
    private final UploadedProgram program;
    private final BlockSink sink;
    private final RunContext context;
    private final Consumer<DeviceState> device;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Thread thread;
    private volatile boolean stopping;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong clipped = new AtomicLong();
    private volatile Throwable failure;

    SimulatedAcquisition(
            ChannelSimulator simulator,
            UploadedProgram program,
            BlockSink sink,
            RunContext context,
            Consumer<DeviceState> device) {
        this.simulator = simulator;
        this.program = program;
        this.sink = sink;
        this.context = context;
        this.device = device;
    }

    void runsOn(Thread own) {
        this.thread = own;
    }

    @Override
    public void run() {
        // shared, because helper threads of the context write into it
        try (Arena arena = Arena.ofShared()) {
            MemorySegment buffer = arena.allocate(program.blockBytes(), Long.BYTES);
            long frames = program.program().frames();
            while (delivered.get() < frames && !stopping) {
                deliver(buffer, (int) Math.min(program.program().framesPerBlock(), frames - delivered.get()));
            }
        } catch (Throwable t) {
            failure = t; // await() throws it
        } finally {
            device.accept(DeviceState.READY);
            done.countDown();
        }
    }

    private void deliver(MemorySegment buffer, int frames) {
        long frameBytes = RfBlock.bytes(program.format(), 1);
        long first = delivered.get();
        int computed = 0;
        long over = 0;
        while (computed < frames && !stopping) {
            int next = Math.min(FRAMES_AT_A_TIME, frames - computed);
            MemorySegment target = buffer.asSlice(computed * frameBytes, next * frameBytes);
            over += simulator.frames(first + computed, next, target, context);
            computed += next;
        }
        if (stopping || first + computed == program.program().frames()) {
            device.accept(DeviceState.STOPPING);
        }
        if (computed > 0) {
            clipped.addAndGet(over);
            MemorySegment samples = buffer.asSlice(0, computed * frameBytes);
            sink.accept(RfBlock.wrap(program.format(), first, computed, samples));
            delivered.addAndGet(computed);
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }

    /** Waits for the end, whatever it was; not on the run's own thread, which cannot wait for itself. */
    void join() {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the sink may still be reading native memory: stay until it has left
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("waiting for blocks");
        }
        Throwable t = failure;
        if (t instanceof RuntimeException e) {
            throw e;
        }
        if (t instanceof Error e) {
            throw e;
        }
    }

    @Override
    public boolean isDone() {
        return done.getCount() == 0;
    }

    @Override
    public long framesDelivered() {
        return delivered.get();
    }

    @Override
    public List<String> warnings() {
        long n = clipped.get();
        return n == 0
                ? List.of()
                : List.of(n + " samples were clipped at +-" + ChannelSimulator.FULL_SCALE + "; lower the gain");
    }
}
