package org.fus.examples.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The timed calls of one row. */
final class RowMeasurement {
    /** Wall and CPU time of one thread differ by less on a machine that does nothing else. */
    private static final double STARVED = 0.95;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final BenchWork work;
    private final int calls;
    private final double[] javaMs;
    private final double[] javaCpuMs;
    private final double[] allocated;
    private final Map<String, double[]> nativeMs = new LinkedHashMap<>();

    RowMeasurement(BenchWork work, int calls) {
        this.work = work;
        this.calls = calls;
        this.javaMs = new double[calls];
        this.javaCpuMs = new double[calls];
        this.allocated = new double[calls];
        work.variants().forEach(variant -> nativeMs.put(variant, new double[calls]));
    }

    BenchWork work() {
        return work;
    }

    void warmUp() {
        for (int i = 0; i < work.warmUpCalls(); i++) {
            work.prepareCall();
            work.run();
        }
    }

    /** One call of every native variant and one of Java; a negative index is not kept. */
    void measure(Yardstick yardstick, int index) {
        int i = Math.max(0, index);
        if (yardstick != null) {
            for (Map.Entry<String, double[]> variant : nativeMs.entrySet()) {
                variant.getValue()[i] = yardstick.run(variant.getKey());
            }
        }
        work.prepareCall();
        long bytes = THREADS.getTotalThreadAllocatedBytes();
        long cpuNs = THREADS.getCurrentThreadCpuTime();
        long startNs = System.nanoTime();
        work.run();
        javaMs[i] = (System.nanoTime() - startNs) * 1e-6;
        javaCpuMs[i] = (THREADS.getCurrentThreadCpuTime() - cpuNs) * 1e-6;
        allocated[i] = THREADS.getTotalThreadAllocatedBytes() - bytes - work.outputBytes();
    }

    BenchRow row(boolean measuredNative, String obstacle) {
        Map<String, Double> variants = new LinkedHashMap<>();
        String reference = obstacle;
        OptionalDouble referenceMs = work.realTimeMs();
        if (referenceMs.isPresent()) {
            reference = work.realTime();
            referenceMs = OptionalDouble.of(referenceMs.getAsDouble() / work.unitsPerCall());
        } else if (measuredNative) {
            nativeMs.forEach((variant, ms) -> variants.put(variant, median(ms) / work.unitsPerCall()));
            var fastest = variants.entrySet().stream().min(Map.Entry.comparingByValue());
            reference = fastest.orElseThrow().getKey();
            referenceMs = OptionalDouble.of(fastest.orElseThrow().getValue());
        }
        return new BenchRow(
                work.name(),
                work.unit(),
                work.threads(),
                calls,
                median(javaMs) / work.unitsPerCall(),
                Arrays.stream(javaMs).min().orElseThrow() / work.unitsPerCall(),
                referenceMs,
                reference,
                variants,
                work.target(),
                (long) median(allocated),
                notes(measuredNative, referenceMs));
    }

    private List<String> notes(boolean measuredNative, OptionalDouble referenceMs) {
        List<String> notes = new ArrayList<>();
        if (work.threads() == 1 && median(javaCpuMs) < STARVED * median(javaMs)) {
            notes.add("the machine was busy with other things: read the ratio with care");
        }
        if (measuredNative
                && work.slowYardstickMs().isPresent()
                && referenceMs.orElseThrow() > work.slowYardstickMs().getAsDouble()) {
            notes.add("the native code took more than " + work.slowYardstickMs().getAsDouble() + " ms per "
                    + work.unit() + ": a slower or a busy machine");
        }
        return notes;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
