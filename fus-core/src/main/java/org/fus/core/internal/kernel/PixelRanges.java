package org.fus.core.internal.kernel;

import org.fus.core.run.RunContext;

/** Work on runs of pixels: a fixed partition into tasks of a few milliseconds, whatever the number of threads. */
public final class PixelRanges {
    /** Pixels of one task. */
    public static final int PER_TASK = 1024;

    private PixelRanges() {}

    /** Work on pixels {@code [from, to)}. */
    public interface Work {
        void accept(int task, int from, int to);
    }

    public static int tasks(int pixels) {
        return (pixels + PER_TASK - 1) / PER_TASK;
    }

    public static void forEach(String stage, int pixels, RunContext context, Work work) {
        context.forEach(stage, tasks(pixels), task -> {
            int from = task * PER_TASK;
            work.accept(task, from, Math.min(from + PER_TASK, pixels));
        });
    }
}
