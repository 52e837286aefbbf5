package org.fus.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fus.core.error.FusException;
import org.fus.core.run.RunContext;

/** Runs the suites one after the other; within a suite, single calls of all rows and both sides take turns. */
public final class Bench {
    private static final int WARM_UP_ROUNDS = 2;

    private final List<BenchSuite> suites;

    /**
     * A benchmark of some suites.
     *
     * @param suites in the order of the table
     */
    public Bench(List<BenchSuite> suites) {
        this.suites = List.copyOf(suites);
    }

    /**
     * Everything that {@code fus bench} measures.
     *
     * @return the benchmark
     */
    public static Bench standard() {
        return new Bench(
                Stream.concat(engine().suites.stream(), files().suites.stream()).toList());
    }

    /**
     * The computation.
     *
     * @return the benchmark
     */
    public static Bench engine() {
        return new Bench(
                List.of(new DasSuite(), new DemodulationSuite(), new FftSuite(), new SvdSuite(), new ChainSuite()));
    }

    /**
     * Recording and reading.
     *
     * @return the benchmark
     */
    public static Bench files() {
        return new Bench(List.of(new FileSuite(), new HdfSuite()));
    }

    /**
     * One row for each beamforming method, clutter filter and Doppler map.
     *
     * @return the benchmark
     */
    public static Bench methods() {
        return new Bench(List.of(new MethodSuite(), new FilterSuite()));
    }

    /**
     * Measures.
     *
     * @param calls timed calls per row and side, at least 3; their median counts
     * @param context hears of progress
     * @return the rows
     */
    public List<BenchRow> run(int calls, RunContext context) {
        List<BenchRow> rows = new ArrayList<>();
        for (BenchSuite suite : suites) {
            rows.addAll(run(suite, calls, context));
        }
        return rows;
    }

    private static List<BenchRow> run(BenchSuite suite, int calls, RunContext context) {
        try {
            List<RowMeasurement> rows = suite.prepare().stream()
                    .map(work -> new RowMeasurement(work, calls))
                    .toList();
            try (Yardstick yardstick = suite.start().orElse(null)) {
                return measure(suite, rows, yardstick, "", calls, context);
            } catch (YardstickUnavailableException e) {
                return measure(suite, rows, null, e.getMessage(), calls, context);
            }
        } catch (YardstickUnavailableException e) {
            return List.of(BenchRow.skipped(suite.name(), e.getMessage()));
        } finally {
            suite.cleanUp();
        }
    }

    private static List<BenchRow> measure(
            BenchSuite suite,
            List<RowMeasurement> rows,
            Yardstick yardstick,
            String obstacle,
            int calls,
            RunContext context) {
        int rounds = WARM_UP_ROUNDS + calls;
        rows.forEach(RowMeasurement::warmUp);
        for (int round = 0; round < rounds; round++) {
            context.checkCancelled(suite.name());
            context.report(suite.name(), round, rounds);
            for (RowMeasurement row : rows) {
                row.measure(yardstick, round - WARM_UP_ROUNDS);
            }
        }
        context.report(suite.name(), rounds, rounds);
        if (yardstick != null) {
            rows.forEach(row -> requireAgreement(row.work(), yardstick));
        }
        return rows.stream().map(row -> row.row(yardstick != null, obstacle)).toList();
    }

    private static void requireAgreement(BenchWork work, Yardstick yardstick) {
        double java = work.checksum();
        for (String variant : work.variants()) {
            double other = yardstick.checksum(variant);
            // Written so that a NaN fails.
            if (!(java > 0) || !(Math.abs(java - other) <= work.tolerance() * java)) {
                throw new FusException(work.name() + ": the library and the yardstick " + variant
                        + " disagree: checksums " + java + " and " + other);
            }
        }
    }
}
