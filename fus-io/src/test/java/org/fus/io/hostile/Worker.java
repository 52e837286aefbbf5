package org.fus.io.hostile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs cases one after the other on a thread that is given up when one does not end. The limit is processor time, so that a
 * busy machine fails no case; one that waits for ever ends at a limit of time.
 */
final class Worker {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long WALL_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_MS = 250;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Lane lane;
    private long longestNs;

    /** What a case has thrown, an error of the machine or the running out of time included; nothing when it is fine. */
    Optional<Throwable> run(Callable<?> work) {
        if (lane == null) {
            lane = new Lane();
        }
        CompletableFuture<Object> done = new CompletableFuture<>();
        long cpuBefore = lane.cpuNs();
        long wallBefore = System.nanoTime();
        lane.give(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                done.get(LOOK_MS, TimeUnit.MILLISECONDS);
                longestNs = Math.max(longestNs, lane.cpuNs() - cpuBefore);
                return lane.cpuNs() - cpuBefore > LIMIT_NS ? tooLong(cpuBefore) : Optional.empty();
            } catch (ExecutionException e) {
                longestNs = Math.max(longestNs, lane.cpuNs() - cpuBefore);
                return Optional.of(e.getCause());
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            } catch (TimeoutException e) {
                if (lane.cpuNs() - cpuBefore > LIMIT_NS || System.nanoTime() - wallBefore > WALL_LIMIT_NS) {
                    Optional<Throwable> failure = tooLong(cpuBefore);
                    lane = null;
                    return failure;
                }
            }
        }
    }

    /** Processor time of the longest case so far that has ended in a result, or in an error. */
    long longestNs() {
        return longestNs;
    }

    private Optional<Throwable> tooLong(long cpuBefore) {
        TimeoutException failure = new TimeoutException(
                "not done after " + (lane.cpuNs() - cpuBefore) / 1_000_000 + " ms of processor time");
        failure.setStackTrace(lane.thread.getStackTrace());
        return Optional.of(failure);
    }

    /** One thread that takes what it is given. */
    private static final class Lane {
        private final SynchronousQueue<Runnable> queue = new SynchronousQueue<>();
        private final Thread thread;

        Lane() {
            thread = new Thread(this::loop, "hostile-case");
            thread.setDaemon(true);
            thread.start();
        }

        void give(Runnable work) {
            try {
                queue.put(work);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }

        long cpuNs() {
            return THREADS.getThreadCpuTime(thread.threadId());
        }

        private void loop() {
            try {
                while (true) {
                    queue.take().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
