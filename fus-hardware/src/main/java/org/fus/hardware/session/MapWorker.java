package org.fus.hardware.session;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.fus.core.error.FusCancelledException;

/** Makes maps and volumes beside the acquisition, in order, on one thread; who is too far ahead waits. */
final class MapWorker implements AutoCloseable {
    /** Blocks that may wait: two seconds of 2-D fUS. */
    private static final int MOST_WAITING = 8;

    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fus-session-maps").factory());

    /** Hands work over; after a failure the rest is skipped. */
    void submit(Runnable work, Runnable always) {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            always.run();
            throw new FusCancelledException("making maps");
        }
        thread.execute(() -> {
            try {
                if (failure.get() == null) {
                    work.run();
                }
            } catch (RuntimeException e) {
                failure.set(e); // requireOk throws it
            } finally {
                always.run();
                room.release();
            }
        });
    }

    /** Throws what went wrong. */
    void requireOk() {
        RuntimeException e = failure.get();
        if (e != null) {
            throw e;
        }
    }

    /** Waits until all that was handed over is done. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (thread.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true; // blocks in work must be given back first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
