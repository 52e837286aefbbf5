package org.fus.examples.command;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a command that serves waits for: the process is asked to end, or whoever started it is gone. To be opened before, and
 * closed after, what the command serves: the end of the process waits for it, so that a job that is broken off is given back.
 */
final class Forever implements AutoCloseable {
    private static final long MAX_WAIT_S = 10;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "fus-end");

    Forever() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void await(boolean untilInputEnds) {
        try {
            if (untilInputEnds) {
                Thread.ofVirtual().start(this::drainInput);
            }
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void drainInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // the other end is gone, which is what is waited for
        } finally {
            asked.countDown();
        }
    }

    private void end() {
        asked.countDown();
        try {
            closed.await(MAX_WAIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
