package org.fus.hardware.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the validator found. Immutable.
 *
 * @param problems everything that keeps the program from running, one line each: where, got, allowed, remedy
 * @param warnings what one should know and may accept
 * @param actual figures that the clock of the device changes, or leaves as they are
 * @param forecast what the run will cost
 */
public record ProgramReport(List<String> problems, List<String> warnings, List<Actual> actual, Forecast forecast) {
    private static final double MEGA = 1e6;

    /**
     * A figure on the clock of the device.
     *
     * @param path which figure
     * @param requested what was asked for
     * @param actual what the device does
     * @param unit of both; empty for counts
     */
    public record Actual(String path, double requested, double actual, String unit) {
        /**
         * Whether the device does something else.
         *
         * @return true when they differ by more than rounding of the arithmetic
         */
        public boolean differs() {
            return Math.abs(actual - requested) > 1e-12 * Math.abs(requested);
        }
    }

    /** Copies the lists. */
    public ProgramReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        actual = List.copyOf(actual);
    }

    /**
     * Whether the program can run.
     *
     * @return true without problems
     */
    public boolean mayRun() {
        return problems.isEmpty();
    }

    /**
     * The report with more problems.
     *
     * @param more what else stands against it; lines that are there already are left out
     * @return a changed copy
     */
    public ProgramReport and(List<String> more) {
        List<String> all = new ArrayList<>(problems);
        more.stream().filter(line -> !all.contains(line)).forEach(all::add);
        return new ProgramReport(all, warnings, actual, forecast);
    }

    /**
     * The report as a page for people.
     *
     * @return lines
     */
    public List<String> page() {
        List<String> page = new ArrayList<>();
        page.add(problems.isEmpty() ? "can run" : problems.size() + (problems.size() == 1 ? " problem" : " problems"));
        problems.forEach(p -> page.add("  " + p));
        warnings.forEach(w -> page.add("  warning: " + w));
        page.add("on the device");
        for (Actual a : actual) {
            String value = figure(a.actual(), a.unit());
            page.add("  " + a.path() + ": " + value
                    + (a.differs() ? " (asked for " + figure(a.requested(), a.unit()) + ")" : ""));
        }
        page.add("forecast");
        Forecast f = forecast;
        Locale root = Locale.ROOT;
        String again = f.endless() ? ", then again until it is stopped" : "";
        page.add(String.format(
                root,
                "  duration: %.1f s (recording %.1f s, motors %.1f s)%s",
                f.durationS(),
                f.recordingS(),
                f.motorS(),
                again));
        page.add(String.format(root, "  frames: %.0f of %.2f MB", f.frames(), f.frameBytes() / MEGA));
        page.add(String.format(root, "  data rate: %.0f MB/s while it fires", f.peakBytesPerS() / MEGA));
        page.add(String.format(root, "  disk: %.2f GB of raw samples", f.diskBytes() / 1e9));
        page.add(String.format(root, "  duty: %.3f %% of the time emitting", f.dutyCycle() * 100));
        return page;
    }

    private static String figure(double value, String unit) {
        String number = value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.7g", value);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
