package org.fus.hardware.internal;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.core.error.FusCancelledException;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.BlockRing;
import org.fus.hardware.DeviceBlock;

/** The second half of a run: hands the blocks of a ring to their receiver, on a thread of its own, and knows how it ended. */
public final class BlockDelivery {
    /** The run that the blocks come from. */
    public interface Run {
        /** The last block goes to the receiver. */
        void lastBlock();

        /** The receiver will not be called again, and the ring is closed. */
        void ended();

        /** Asks for the end of the run; does not wait. */
        void stop();
    }

    private final Run run;
    private final BlockRing ring;
    private final long frames;
    private final BlockReceiver receiver;
    private final Thread thread;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicLong delivered = new AtomicLong();
    private volatile Throwable failure;
    private boolean failedReceiver; // of the delivering thread alone

    /**
     * Prepares a delivery.
     *
     * @param run the run
     * @param ring where the blocks are
     * @param frames frames of a complete run
     * @param receiver takes the blocks
     * @param threads makes the thread
     */
    public BlockDelivery(Run run, BlockRing ring, long frames, BlockReceiver receiver, ThreadFactory threads) {
        this.run = run;
        this.ring = ring;
        this.frames = frames;
        this.receiver = receiver;
        this.thread = thread(threads, this::deliver);
    }

    /**
     * A thread of a factory that the host may have given.
     *
     * @param threads the factory
     * @param work what it runs
     * @return the thread, not started
     */
    public static Thread thread(ThreadFactory threads, Runnable work) {
        Thread thread = threads.newThread(work);
        if (thread == null) {
            throw new IllegalStateException("the thread factory gave no thread");
        }
        return thread;
    }

    /** Begins to hand blocks over. */
    public void begin() {
        thread.start();
    }

    /**
     * Ends the run with a failure; the first one stays. Does not wait.
     *
     * @param reason what {@link #await} throws
     */
    public void fail(Throwable reason) {
        synchronized (done) {
            if (failure == null) {
                failure = reason;
            }
        }
        run.stop();
    }

    private void deliver() {
        try {
            for (Optional<DeviceBlock> block = ring.take(); block.isPresent(); block = ring.take()) {
                hand(block.get());
            }
        } catch (InterruptedException e) {
            fail(new FusCancelledException("handing blocks over"));
        } finally {
            ring.close();
            run.ended();
            done.countDown();
        }
    }

    private void hand(DeviceBlock block) {
        if (failedReceiver) {
            block.release();
            return;
        }
        if (block.firstFrame() + block.frames() == frames || ring.isDrained()) {
            run.lastBlock();
        }
        int taken = block.frames();
        try {
            receiver.accept(block);
            delivered.addAndGet(taken);
        } catch (Throwable t) {
            failedReceiver = true;
            block.release();
            fail(t); // await() throws it
        }
    }

    /** Waits for the end, whatever it was; not on the delivering thread, which cannot wait for itself. */
    public void join() {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the receiver may still be reading native memory: stay until it has left
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end and throws the failure, as {@link org.fus.hardware.Acquisition#await} says. */
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

    /**
     * Whether the receiver will not be called again.
     *
     * @return true after the end
     */
    public boolean isDone() {
        return done.getCount() == 0;
    }

    /**
     * Frames that the receiver has taken.
     *
     * @return 0 or more
     */
    public long framesDelivered() {
        return delivered.get();
    }
}
