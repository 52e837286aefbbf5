package org.fus.hardware.live;

import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the threads of a live chain and waits for their ends. */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /** How long a subscriber may go on after it was interrupted. */
    private static final long PATIENCE_MS = 5000;

    private Workers() {}

    static Thread start(ThreadFactory threads, String name, Runnable work) {
        Thread thread = threads.newThread(work);
        if (thread == null) {
            throw new IllegalStateException("the thread factory gave no thread for " + name);
        }
        thread.setName(name);
        thread.start();
        return thread;
    }

    /**
     * Waits for the end of a thread, unless it is the calling one, which cannot wait for itself.
     *
     * @param interrupt whether it is somebody else's code that may be stuck: it is interrupted, and left alone after some
     *     seconds, with a line in the log
     */
    static void join(Thread thread, boolean interrupt) {
        if (thread == null || thread.equals(Thread.currentThread())) {
            return;
        }
        if (interrupt) {
            thread.interrupt();
        }
        boolean interrupted = false;
        long until = System.nanoTime() + PATIENCE_MS * 1_000_000;
        while (thread.isAlive()) {
            try {
                if (!interrupt) {
                    thread.join();
                    break;
                }
                long leftMs = (until - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    LOG.error(
                            "{} does not return {} ms after it was interrupted; it is left alone", thread, PATIENCE_MS);
                    break;
                }
                thread.join(leftMs);
            } catch (InterruptedException e) {
                interrupted = true; // stages may still read native memory: stay until they have left
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
