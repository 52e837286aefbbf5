package org.fus.core.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What a call puts on the heap once the compiler is through with it. Tests of it carry the tag {@link #TAG} and run in a
 * process per class: what the compiler removes depends on its profile, and that on all tests before.
 */
public final class AllocatedBytes {
    /** Tag of tests that measure allocation. */
    public static final String TAG = "allocation";

    private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(20);

    private AllocatedBytes() {}

    /**
     * The least of many calls, because vectors stand on the heap until the compiler is through.
     *
     * @param call what is measured, on the calling thread
     * @param enough stops as soon as a call allocates no more than this
     * @return bytes of the most frugal call
     */
    public static long least(Runnable call, long enough) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long startNs = System.nanoTime();
        while (least > enough && System.nanoTime() - startNs < GIVE_UP_NS) {
            long before = threads.getCurrentThreadAllocatedBytes();
            call.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
