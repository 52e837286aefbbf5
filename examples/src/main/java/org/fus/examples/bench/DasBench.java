package org.fus.examples.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusException;
import org.fus.core.run.RunContext;

/**
 * Batch delay-and-sum against the native yardstick, one thread each.
 *
 * @param javaMsPerFrame median, milliseconds per compounded frame
 * @param nativeMsPerFrame median of the yardstick; empty when there is none on this machine
 * @param why why there is none, or empty text
 * @param allocatedBeyondOutputBytes bytes that one block allocates besides its image
 * @param calls calls behind each median
 */
public record DasBench(
        double javaMsPerFrame,
        OptionalDouble nativeMsPerFrame,
        String why,
        long allocatedBeyondOutputBytes,
        int calls) {
    /** A yardstick slower than this on the reference grid is none; from the first hand-tuned C++ version. */
    public static final double SLOWEST_YARDSTICK_MS = 6.6;

    private static final int WARM_UP_ROUNDS = 2;
    private static final int JAVA_WARM_UP_CALLS = 4;

    /**
     * Measures.
     *
     * @param calls calls of each side, at least 3; their median counts
     * @param context hears of progress; the work itself runs on the calling thread
     * @return the medians
     */
    public static DasBench run(int calls, RunContext context) {
        DasWorkload work = DasWorkload.create();
        for (int i = 0; i < JAVA_WARM_UP_CALLS; i++) {
            work.run();
        }
        String why = NativeYardstick.obstacle().orElse("");
        if (!why.isEmpty()) {
            return measure(work, null, why, calls, context);
        }
        try (NativeYardstick yardstick = NativeYardstick.start()) {
            DasBench result = measure(work, yardstick, why, calls, context);
            requireSameImage(DasWorkload.checksum(work.run()), yardstick.checksum());
            return result;
        }
    }

    /**
     * Speed of Java over that of the yardstick.
     *
     * @return 1 is parity, larger is better for Java; empty when there is no yardstick
     */
    public OptionalDouble ratio() {
        return nativeMsPerFrame.isPresent()
                ? OptionalDouble.of(nativeMsPerFrame.getAsDouble() / javaMsPerFrame)
                : OptionalDouble.empty();
    }

    private static DasBench measure(
            DasWorkload work, NativeYardstick yardstick, String why, int calls, RunContext context) {
        double[] javaMs = new double[calls];
        double[] nativeMs = new double[calls];
        long[] allocated = new long[calls];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = -WARM_UP_ROUNDS; round < calls; round++) {
            context.report("delay-and-sum", round + WARM_UP_ROUNDS, calls + WARM_UP_ROUNDS);
            int i = Math.max(0, round);
            nativeMs[i] = yardstick == null ? Double.NaN : yardstick.run();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long startNs = System.nanoTime();
            IqEnsemble image = work.run();
            javaMs[i] = (System.nanoTime() - startNs) * 1e-6;
            allocated[i] = threads.getCurrentThreadAllocatedBytes() - bytes - work.outputBytes();
            if (image.frames() != DasWorkload.FRAMES) {
                throw new FusException("the benchmark made " + image.frames() + " frames");
            }
        }
        context.report("delay-and-sum", calls + WARM_UP_ROUNDS, calls + WARM_UP_ROUNDS);
        Arrays.sort(allocated);
        return new DasBench(
                median(javaMs) / DasWorkload.FRAMES,
                yardstick == null ? OptionalDouble.empty() : OptionalDouble.of(median(nativeMs) / DasWorkload.FRAMES),
                why,
                allocated[calls / 2],
                calls);
    }

    private static void requireSameImage(double java, double nativeSum) {
        if (Math.abs(java - nativeSum) > 1e-5 * nativeSum) {
            throw new FusException("Java and the native yardstick disagree: checksums " + java + " and " + nativeSum);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
