package org.fus.cloud.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.fus.core.run.RunContext;

/** Work that waits for a store most of the time, on virtual threads that end with it. */
public final class Parallel {
    /** Requests to a store at the same time. */
    public static final int REQUESTS = 8;

    private Parallel() {}

    /**
     * Runs tasks, at most {@link #REQUESTS} at a time.
     *
     * @param context hears of progress and may cancel between tasks
     * @param stage for progress
     * @param tasks how many
     * @param task does one; safe for many threads
     */
    public static void forEach(RunContext context, String stage, int tasks, IntConsumer task) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fus-" + stage + "-", 0).factory())) {
            RunContext.of(threads, REQUESTS).withProgress(context::report).forEach(stage, tasks, i -> {
                context.checkCancelled(stage);
                task.accept(i);
            });
        }
    }
}
