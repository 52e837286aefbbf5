package org.fus.examples.command;

import java.io.PrintStream;
import java.util.Locale;
import org.fus.core.run.ProgressListener;

/** One line that is drawn over itself, at most ten times a second. Called from one thread. */
final class ProgressBar implements ProgressListener {
    private static final int WIDTH = 32;
    private static final long REDRAW_NS = 100_000_000;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream err;
    private long drawnAtNs;
    private boolean visible;

    ProgressBar(PrintStream err) {
        this.err = err;
    }

    @Override
    public void progress(String stage, long done, long total) {
        long now = System.nanoTime();
        if (done >= total) {
            clear();
        } else if (!visible || now - drawnAtNs >= REDRAW_NS) {
            drawnAtNs = now;
            visible = true;
            err.print(ERASE_LINE + line(stage, done, total));
            err.flush();
        }
    }

    void clear() {
        if (visible) {
            visible = false;
            err.print(ERASE_LINE);
            err.flush();
        }
    }

    static String line(String stage, long done, long total) {
        int filled = (int) (WIDTH * done / total);
        String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        return String.format(Locale.ROOT, "%-14s [%s] %3d %%", stage, bar, 100 * done / total);
    }
}
