package org.fus.examples.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fus.core.run.Kernels;
import org.fus.examples.bench.Bench;
import org.fus.examples.bench.BenchRow;
import org.fus.examples.bench.LiveBenchRow;
import org.fus.examples.bench.LiveChainBench;
import org.fus.examples.bench.ThroughputBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "bench",
        description = {
            "Measures the engine on this machine.",
            "Where g++ and the libraries are here, native code of the same work is compiled and takes turns with Java,"
                    + " call by call. Times are medians; a ratio above 1 means that Java is faster."
        })
final class BenchCommand implements Runnable {
    private static final int QUICK_CALLS = 7;
    private static final int CALLS = 25;
    private static final double QUICK_LIVE_S = 5;
    private static final double LIVE_S = 60;
    private static final long LIVE_WINDOW_BYTES = 8L << 30;

    @ParentCommand
    private RootCommand fus;

    @Option(names = "--quick", description = "7 calls per row instead of 25.")
    private boolean quick;

    @Option(
            names = "--methods",
            description =
                    "Times of every beamforming method, clutter filter and Doppler map instead, as real-time factors"
                            + " of 500 frames per second.")
    private boolean methods;

    @Option(
            names = "--live",
            paramLabel = "PART",
            arity = "0..1",
            fallbackValue = "all",
            description = {
                "The live chain at the highest rate that it sustains, and the recorder at 1.2 GB/s, instead: chain,"
                    + " memory (ring and recorder to a null store), disk (over a window of 8 GiB in java.io.tmpdir),"
                    + " or all.",
                "With --quick 5 s each instead of 60."
            })
    private Optional<LivePart> live;

    /** What {@code --live} measures. */
    enum LivePart {
        /** The live chain. */
        CHAIN,
        /** Ring and recorder to a null store. */
        MEMORY,
        /** Ring and recorder to the disk. */
        DISK,
        /** All of them. */
        ALL
    }

    @Override
    public void run() {
        if (live.isPresent()) {
            runLive(live.get());
            return;
        }
        Bench bench = methods ? Bench.methods() : Bench.standard();
        List<BenchRow> rows = bench.run(quick ? QUICK_CALLS : CALLS, fus.context());
        fus.clearProgress();
        if (fus.json()) {
            fus.printJson(json(rows));
        } else {
            print(rows);
        }
    }

    private void runLive(LivePart part) {
        double seconds = quick ? QUICK_LIVE_S : LIVE_S;
        List<LiveBenchRow> rows = new ArrayList<>();
        if (part == LivePart.CHAIN || part == LivePart.ALL) {
            rows.add(new LiveChainBench(seconds / 2).run());
        }
        if (part == LivePart.MEMORY || part == LivePart.ALL) {
            rows.add(new ThroughputBench(seconds).toNullStore());
        }
        if (part == LivePart.DISK || part == LivePart.ALL) {
            rows.add(new ThroughputBench(seconds).toDisk(LIVE_WINDOW_BYTES));
        }
        if (fus.json()) {
            Map<String, Object> json = environmentJson();
            json.put(
                    "rows",
                    rows.stream()
                            .map(row -> Map.of("work", row.work(), "met", row.met(), "figures", row.figures()))
                            .toList());
            fus.printJson(json);
            return;
        }
        fus.out().println(environment());
        for (LiveBenchRow row : rows) {
            fus.out().println();
            fus.out().println(row.work() + (row.met() ? "" : " (NOT sustained)"));
            row.lines().forEach(line -> fus.out().println("    " + line));
        }
    }

    private void print(List<BenchRow> rows) {
        PrintStream out = fus.out();
        out.println(environment() + "; medians of " + rows.getFirst().calls() + " calls");
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%-34s %7s %10s %10s  %-16s %6s %6s %6s  %-6s %10s",
                "work",
                "threads",
                "Java ms",
                "other ms",
                "compared with",
                "ratio",
                "floor",
                "goal",
                "met",
                "alloc B"));
        for (BenchRow row : rows) {
            if (row.calls() == 0) {
                out.println(row.work() + ": skipped, " + row.reference());
                continue;
            }
            boolean skipped = row.referenceMs().isEmpty();
            out.println(String.format(
                    Locale.ROOT,
                    "%-34s %7d %10.3f %10s  %-16s %6s %6.2f %6.2f  %-6s %10d",
                    row.work() + ", per " + row.unit(),
                    row.threads(),
                    row.javaMs(),
                    number("%.3f", row.referenceMs()),
                    skipped ? "skipped" : row.reference(),
                    number("%.2f", row.ratio()),
                    row.target().floor(),
                    row.target().goal(),
                    row.verdict(),
                    row.allocatedBytes()));
            if (skipped) {
                out.println("    native code skipped: " + row.reference());
            }
            row.notes().forEach(note -> out.println("    note: " + note));
        }
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }

    private static String environment() {
        return Kernels.describe() + "; Java " + Runtime.version() + "; " + System.getProperty("os.arch");
    }

    private static Map<String, Object> environmentJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kernels", Kernels.describe());
        json.put("java", Runtime.version().toString());
        json.put("arch", System.getProperty("os.arch"));
        return json;
    }

    private static Map<String, Object> json(List<BenchRow> rows) {
        Map<String, Object> json = environmentJson();
        json.put("rows", rows.stream().map(BenchCommand::json).toList());
        return json;
    }

    private static Map<String, Object> json(BenchRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("work", row.work());
        json.put("unit", row.unit());
        json.put("threads", row.threads());
        json.put("calls", row.calls());
        json.put("javaMs", row.calls() == 0 ? null : row.javaMs());
        json.put("javaMinMs", row.calls() == 0 ? null : row.javaMinMs());
        json.put("referenceMs", orNull(row.referenceMs()));
        json.put("reference", row.reference());
        json.put("nativeVariantsMs", row.variantsMs());
        json.put("ratio", orNull(row.ratio()));
        json.put("floor", row.target().floor());
        json.put("goal", row.target().goal());
        json.put("met", row.verdict());
        json.put("allocatedBytes", row.allocatedBytes());
        json.put("notes", row.notes());
        return json;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
