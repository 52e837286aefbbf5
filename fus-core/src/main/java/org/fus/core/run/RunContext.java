package org.fus.core.run;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.fus.core.error.FusCancelledException;

/**
 * Where long work runs: on the calling thread and, when the caller offers one, on an executor. The calling thread always
 * works too, so a pool that is full, or that calls itself, only costs speed. Immutable and shareable.
 *
 * <p>Results never depend on the number of threads: the partition into tasks is fixed by the data, and tasks write to
 * places of their own.
 */
public final class RunContext {
    private static final ProgressListener SILENT = (stage, done, total) -> {};
    private static final RunContext INLINE = new RunContext(null, 1, SILENT, new CancelToken());

    private final Executor executor;
    private final int parallelism;
    private final ProgressListener progress;
    private final CancelToken cancel;

    private RunContext(Executor executor, int parallelism, ProgressListener progress, CancelToken cancel) {
        this.executor = executor;
        this.parallelism = parallelism;
        this.progress = progress;
        this.cancel = cancel;
    }

    /**
     * The calling thread alone, silent, never cancelled.
     *
     * @return the default context
     */
    public static RunContext inline() {
        return INLINE;
    }

    /**
     * The calling thread and up to {@code parallelism - 1} threads of the executor.
     *
     * @param executor the caller's executor; it is never shut down here
     * @param parallelism threads that work at the same time, the calling one included; at least 1
     * @return a context
     */
    public static RunContext of(Executor executor, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism " + parallelism + " must be at least 1");
        }
        return new RunContext(Objects.requireNonNull(executor, "executor"), parallelism, SILENT, new CancelToken());
    }

    /**
     * The same context with a listener.
     *
     * @param listener hears of progress on the calling thread
     * @return a changed copy
     */
    public RunContext withProgress(ProgressListener listener) {
        return new RunContext(executor, parallelism, Objects.requireNonNull(listener, "listener"), cancel);
    }

    /**
     * The same context with a cancel token.
     *
     * @param token stops the work when raised
     * @return a changed copy
     */
    public RunContext withCancel(CancelToken token) {
        return new RunContext(executor, parallelism, progress, Objects.requireNonNull(token, "token"));
    }

    /**
     * Threads that may work at the same time.
     *
     * @return at least 1
     */
    public int parallelism() {
        return parallelism;
    }

    /**
     * Throws when the caller has cancelled.
     *
     * @param stage the stage that asks
     * @throws FusCancelledException when the token is raised
     */
    public void checkCancelled(String stage) {
        if (cancel.isCancelled()) {
            throw new FusCancelledException(stage);
        }
    }

    /**
     * Reports progress of a stage that a caller drives itself. To be called from the calling thread only.
     *
     * @param stage the name of the stage
     * @param done finished parts
     * @param total all parts
     */
    public void report(String stage, long done, long total) {
        progress.progress(stage, done, total);
    }

    /**
     * Runs {@code task.accept(0 .. tasks - 1)}, each once, in any order, and returns when all are done. A task should
     * take less than 50 ms, because cancellation is looked at between tasks. The first exception stops the rest and is
     * thrown here.
     *
     * @param stage the name of the stage, for progress
     * @param tasks the number of tasks
     * @param task the work; must be safe to call from several threads
     * @throws FusCancelledException when the token is raised before the last task started
     */
    public void forEach(String stage, int tasks, IntConsumer task) {
        if (tasks <= 0) {
            return;
        }
        Crew crew = new Crew(stage, tasks, task);
        int helpers = executor == null ? 0 : Math.min(parallelism, tasks) - 1;
        for (int i = 0; i < helpers; i++) {
            try {
                executor.execute(crew::work);
            } catch (RejectedExecutionException full) {
                break; // a pool that is full only costs speed: the calling thread works in any case
            }
        }
        crew.workAndReport();
    }

    /** One call of {@link #forEach}: its counter of tasks, its first failure, and the latch that its caller waits on. */
    private final class Crew {
        private final String stage;
        private final int tasks;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final CountDownLatch finished;

        Crew(String stage, int tasks, IntConsumer task) {
            this.stage = stage;
            this.tasks = tasks;
            this.task = task;
            this.finished = new CountDownLatch(tasks);
        }

        void work() {
            while (step()) {}
        }

        void workAndReport() {
            int reported = 0;
            progress.progress(stage, 0, tasks);
            boolean more = true;
            while (more) {
                more = step();
                reported = reportFrom(reported);
            }
            boolean interrupted = false;
            boolean waiting = true;
            while (waiting) {
                try {
                    waiting = !finished.await(20, TimeUnit.MILLISECONDS);
                    reported = reportFrom(reported);
                } catch (InterruptedException e) {
                    interrupted = true; // the tasks write to the caller's memory: leave only when they have ended
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            rethrow();
        }

        private int reportFrom(int reported) {
            int now = done.get();
            if (now > reported && failure.get() == null) {
                progress.progress(stage, now, tasks);
            }
            return now;
        }

        /** Takes one task and does it, or skips it after a failure. Returns false when none is left. */
        private boolean step() {
            int i = next.getAndIncrement();
            if (i >= tasks) {
                return false;
            }
            try {
                if (failure.get() == null) {
                    checkCancelled(stage);
                    task.accept(i);
                    done.incrementAndGet();
                }
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
            } finally {
                finished.countDown();
            }
            return true;
        }

        private void rethrow() {
            Throwable t = failure.get();
            if (t instanceof RuntimeException e) {
                throw e;
            }
            if (t instanceof Error e) {
                throw e;
            }
        }
    }
}
