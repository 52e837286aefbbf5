package org.fus.examples.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One row of the table. Times are milliseconds per unit.
 *
 * @param work what was done
 * @param unit what a unit is
 * @param threads threads of the Java side
 * @param calls calls behind each median; 0 when the work could not be done here, for the reason in {@code reference}
 * @param javaMs median; NaN without a call
 * @param javaMinMs fastest call
 * @param referenceMs median of the fastest native variant, or the real time; empty when there is none
 * @param reference which variant that is, or what the real time is, or why there is none
 * @param variantsMs medians of all native variants
 * @param target floor and goal of the ratio
 * @param allocatedBytes median of the bytes that a call allocates besides its result
 * @param notes what to keep in mind when reading the row
 */
public record BenchRow(
        String work,
        String unit,
        int threads,
        int calls,
        double javaMs,
        double javaMinMs,
        OptionalDouble referenceMs,
        String reference,
        Map<String, Double> variantsMs,
        BenchWork.Target target,
        long allocatedBytes,
        List<String> notes) {
    /** Copies the lists. */
    public BenchRow {
        variantsMs = new LinkedHashMap<>(variantsMs);
        notes = List.copyOf(notes);
    }

    /** A row for work that could not be done here. */
    static BenchRow skipped(String work, String why) {
        return new BenchRow(
                work,
                "",
                0,
                0,
                Double.NaN,
                Double.NaN,
                OptionalDouble.empty(),
                why,
                Map.of(),
                new BenchWork.Target(0, 0),
                0,
                List.of());
    }

    /**
     * Reference time over Java time.
     *
     * @return 1 is parity, larger is better for Java; empty when there is no reference
     */
    public OptionalDouble ratio() {
        return referenceMs.isPresent() ? OptionalDouble.of(referenceMs.getAsDouble() / javaMs) : OptionalDouble.empty();
    }

    /**
     * How the ratio stands to its target.
     *
     * @return {@code goal}, {@code floor}, {@code below}, or {@code -} without a ratio
     */
    public String verdict() {
        if (ratio().isEmpty()) {
            return "-";
        }
        double ratio = ratio().getAsDouble();
        return ratio >= target.goal() ? "goal" : ratio >= target.floor() ? "floor" : "below";
    }
}
