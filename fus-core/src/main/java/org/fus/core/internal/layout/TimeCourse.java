package org.fus.core.internal.layout;

/** One pixel's samples along time, in double. */
public final class TimeCourse {
    private TimeCourse() {}

    /** Copies the frames of a cell to {@code re} and {@code im}, from index {@code at} on. */
    public static void read(FramePanels x, int cell, double[] re, double[] im, int at) {
        int from = x.offset(cell);
        for (int panel = 0; panel < x.count(); panel++) {
            float[] data = x.panel(panel);
            int to = at + panel * x.width();
            int n = x.framesIn(panel);
            for (int f = 0; f < n; f++) {
                re[to + f] = data[from + f];
                im[to + f] = data[from + x.width() + f];
            }
        }
    }

    /** Rounds {@code re} and {@code im}, from index {@code at} on, into the frames of a cell. */
    public static void write(FramePanels y, int cell, double[] re, double[] im, int at) {
        int to = y.offset(cell);
        for (int panel = 0; panel < y.count(); panel++) {
            float[] data = y.panel(panel);
            int from = at + panel * y.width();
            int n = y.framesIn(panel);
            for (int f = 0; f < n; f++) {
                data[to + f] = (float) re[from + f];
                data[to + y.width() + f] = (float) im[from + f];
            }
        }
    }
}
