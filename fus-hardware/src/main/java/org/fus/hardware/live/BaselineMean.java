package org.fus.hardware.live;

/** The mean of several values over the maps of a window of time; the window is declared, never found. */
final class BaselineMean {
    private final double fromS;
    private final double toS;
    private double[] sums = {};
    private double[] mean;
    private int maps;
    private boolean over;

    /**
     * A window.
     *
     * @param fromS start, seconds since the first frame of the run
     * @param toS end; maps whose middle is at or after this do not belong to it
     */
    BaselineMean(double fromS, double toS) {
        if (!(fromS >= 0) || !(toS > fromS) || Double.isInfinite(toS)) {
            throw new IllegalArgumentException(
                    "baseline from " + fromS + " to " + toS + " s, expected 0 or more and an end after the start");
        }
        this.fromS = fromS;
        this.toS = toS;
    }

    /** Takes the values of a map. */
    void add(double timeS, double[] values) {
        if (timeS >= toS) {
            end();
        } else if (timeS >= fromS) {
            if (maps == 0) {
                sums = new double[values.length];
            }
            for (int i = 0; i < values.length; i++) {
                sums[i] += values[i];
            }
            maps++;
        }
    }

    private void end() {
        if (!over && maps > 0) {
            mean = new double[sums.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = sums[i] / maps;
            }
        }
        over = true;
    }

    int maps() {
        return maps;
    }

    /** Whether the window is over and held a map. */
    boolean isKnown() {
        return mean != null;
    }

    /** {@code 100 (value - mean) / mean}, NaN where the mean is 0. */
    double changePercent(int i, double value) {
        return mean[i] == 0 ? Double.NaN : 100 * (value - mean[i]) / mean[i];
    }
}
