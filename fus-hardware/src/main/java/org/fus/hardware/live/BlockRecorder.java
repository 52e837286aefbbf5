package org.fus.hardware.live;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.DeviceBlock;

/**
 * Stores every block of a run on a thread of its own, so that a slow moment of the disk is bridged by the ring of the device.
 * Blocks wait in the ring, never in a copy, so no more can wait than the ring has; when the store stays too slow the ring
 * overflows, which the device reports. Whatever ends the run, the blocks that were taken are stored. Thread-safe.
 */
public final class BlockRecorder implements BlockReceiver, AutoCloseable {
    private final BlockStore store;
    private final Consumer<Throwable> failed;
    private final Queue<SharedBlock> line = new ArrayDeque<>();
    private final LatencyHistogram append = new LatencyHistogram();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Thread thread;
    private boolean ended;
    private Throwable failure;
    private boolean told;
    private long blocks;
    private long frames;
    private long bytes;
    private int mostWaiting;

    BlockRecorder(BlockStore store, ThreadFactory threads, Consumer<Throwable> failed) {
        this.store = Objects.requireNonNull(store, "store");
        this.failed = failed;
        this.thread = Workers.start(threads, "fus-live-record", this::run);
    }

    /**
     * Starts to wait for blocks.
     *
     * @param store takes the blocks, such as {@link BlockStore#to}; never interrupted
     * @return the receiver to be given to {@link org.fus.hardware.UltrasoundDevice#start}; close it when the run has ended
     */
    public static BlockRecorder start(BlockStore store) {
        return new BlockRecorder(
                store, Thread.ofPlatform().daemon().name("fus-live").factory(), failure -> {});
    }

    /**
     * Takes a block and releases it when it is stored. Does not wait.
     *
     * @param block the block
     * @throws RuntimeException what the store threw before, itself; an {@link Error} likewise: it ends the run
     */
    @Override
    public void accept(DeviceBlock block) {
        throwFailure();
        offer(new SharedBlock(block, 1));
    }

    synchronized void offer(SharedBlock block) {
        if (failure != null || ended) {
            block.release();
            return;
        }
        line.add(block);
        mostWaiting = Math.max(mostWaiting, line.size());
        notifyAll();
    }

    synchronized void throwFailure() {
        if (failure != null) {
            told = true;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void run() {
        for (SharedBlock block = take(); block != null; block = take()) {
            try {
                store(block);
            } catch (Throwable t) {
                failed(t); // thrown by accept() or close()
                return;
            } finally {
                block.release();
            }
        }
    }

    private void store(SharedBlock block) {
        DeviceBlock taken = block.block();
        long size = taken.samples().byteSize();
        long startNs = System.nanoTime();
        store.store(taken);
        long endNs = System.nanoTime();
        append.add(endNs - startNs);
        latency.add(endNs - taken.hostTimeNs());
        synchronized (this) {
            blocks++;
            frames += taken.frames();
            bytes += size;
        }
    }

    private synchronized SharedBlock take() {
        boolean interrupted = false;
        while (line.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // blocks that were taken are stored, whoever wants this thread to end
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return line.poll();
    }

    private void failed(Throwable t) {
        synchronized (this) {
            failure = t;
            line.forEach(SharedBlock::release);
            line.clear();
        }
        failed.accept(t);
    }

    /** No block comes any more; does not wait. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    boolean isOwnThread() {
        return Thread.currentThread().equals(thread);
    }

    void join() {
        Workers.join(thread, false);
    }

    /**
     * How the recording fares.
     *
     * @return figures of now
     */
    public synchronized RecorderFigures figures() {
        return new RecorderFigures(blocks, frames, bytes, mostWaiting, append.latency(), latency.latency());
    }

    /**
     * Waits until all blocks that were taken are stored. Blocks that come later are released.
     *
     * @throws RuntimeException what the store threw, itself, unless {@link #accept} has thrown it already; an {@link Error}
     *     likewise
     */
    @Override
    public void close() {
        end();
        join();
        synchronized (this) {
            if (!told) {
                throwFailure();
            }
        }
    }
}
