package org.fus.hardware.trigger;

import java.util.Arrays;
import java.util.List;

/**
 * How the clock of a device runs against the host's: {@code host = device + offset + drift (device - reference)}, fitted to
 * pairs of times by weighted least squares, outliers left out. Reports that are always late by the same time shift the
 * offset by that time and cannot be told from it. Immutable.
 *
 * @param referenceDeviceNs device time at which the offset holds, in the middle of the samples
 * @param offsetNs host time minus device time there, nanoseconds, without the fraction
 * @param offsetFractionNs the fraction of the offset, nanoseconds
 * @param driftPpm how much faster the host's clock runs, millionths
 * @param offsetErrorS standard error of the offset, seconds
 * @param driftErrorPpm standard error of the drift, millionths
 * @param residualRmsS scatter of the samples that were used, seconds
 * @param used samples that were used
 * @param rejected samples that lay more than 4 robust standard deviations off
 */
public record ClockFit(
        long referenceDeviceNs,
        long offsetNs,
        double offsetFractionNs,
        double driftPpm,
        double offsetErrorS,
        double driftErrorPpm,
        double residualRmsS,
        int used,
        int rejected) {
    /** Samples further away than this many robust standard deviations are outliers: 1 in 16,000 of good ones. */
    private static final double OUTLIER = 4;

    /** Scatter below this is the clocks' own resolution, nanoseconds, and nobody's fault. */
    private static final double RESOLUTION_NS = 100;

    /**
     * One moment on both clocks.
     *
     * @param deviceTimeNs on the device's clock
     * @param hostTimeNs on the host's
     * @param uncertaintyS how wrong the host time may be, seconds, positive; weighs the sample
     */
    public record Sample(long deviceTimeNs, long hostTimeNs, double uncertaintyS) {
        /** Checks the uncertainty. */
        public Sample {
            if (!(uncertaintyS > 0) || Double.isInfinite(uncertaintyS)) {
                throw new IllegalArgumentException("uncertainty of " + uncertaintyS + " s, expected more than 0");
            }
        }
    }

    /**
     * Fits a line.
     *
     * @param samples at least 3, not all at one device time
     * @return the fit; O(n log n)
     */
    public static ClockFit of(List<Sample> samples) {
        int n = samples.size();
        if (n < 3) {
            throw new IllegalArgumentException("clock fit of " + n + " samples, expected at least 3");
        }
        long d0 = samples.get(n / 2).deviceTimeNs();
        long o0 = samples.get(n / 2).hostTimeNs() - d0;
        double[] x = new double[n]; // nanoseconds: exact in a double over 100 days
        double[] y = new double[n];
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            Sample s = samples.get(i);
            x[i] = s.deviceTimeNs() - d0;
            y[i] = s.hostTimeNs() - s.deviceTimeNs() - o0;
            w[i] = 1 / (s.uncertaintyS() * s.uncertaintyS());
        }
        boolean[] in = new boolean[n];
        Arrays.fill(in, true);
        double[] line = robustLine(x, y);
        for (int round = 0; round < 20; round++) {
            boolean[] now = inliers(x, y, line);
            boolean same = round > 0 && Arrays.equals(now, in);
            in = now;
            line = fit(x, y, w, in);
            if (same) {
                break;
            }
        }
        return result(d0, o0, x, y, w, in, line);
    }

    /** A first line that outliers cannot bend: the median slope between the first and last third, and the median offset. */
    private static double[] robustLine(double[] x, double[] y) {
        int n = x.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(x[a], x[b]));
        int third = Math.max(1, n / 3);
        double[] slopes = new double[third];
        int count = 0;
        for (int i = 0; i < third; i++) {
            int a = order[i];
            int b = order[n - third + i];
            if (x[b] > x[a]) {
                slopes[count++] = (y[b] - y[a]) / (x[b] - x[a]);
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException(
                    "clock fit of " + n + " samples at one device time, expected different ones");
        }
        double slope = median(Arrays.copyOf(slopes, count));
        double[] rest = new double[n];
        Arrays.setAll(rest, i -> y[i] - slope * x[i]);
        return new double[] {median(rest), slope};
    }

    private static boolean[] inliers(double[] x, double[] y, double[] line) {
        int n = x.length;
        double[] off = new double[n];
        Arrays.setAll(off, i -> Math.abs(y[i] - line[0] - line[1] * x[i]));
        double sigma = Math.max(RESOLUTION_NS, 1.4826 * median(off)); // of a normal distribution with this median
        boolean[] in = new boolean[n];
        for (int i = 0; i < n; i++) {
            in[i] = off[i] <= OUTLIER * sigma;
        }
        return in;
    }

    private static double[] fit(double[] x, double[] y, double[] w, boolean[] in) {
        double sw = 0;
        double mx = 0;
        double my = 0;
        for (int i = 0; i < x.length; i++) {
            if (in[i]) {
                sw += w[i];
                mx += w[i] * x[i];
                my += w[i] * y[i];
            }
        }
        mx /= sw;
        my /= sw;
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < x.length; i++) {
            if (in[i]) {
                sxx += w[i] * (x[i] - mx) * (x[i] - mx);
                sxy += w[i] * (x[i] - mx) * (y[i] - my);
            }
        }
        double slope = sxx > 0 ? sxy / sxx : 0;
        return new double[] {my - slope * mx, slope};
    }

    private static ClockFit result(long d0, long o0, double[] x, double[] y, double[] w, boolean[] in, double[] line) {
        double sw = 0;
        double mx = 0;
        double chi = 0;
        double square = 0;
        int used = 0;
        for (int i = 0; i < x.length; i++) {
            if (in[i]) {
                double r = y[i] - line[0] - line[1] * x[i];
                used++;
                sw += w[i];
                mx += w[i] * x[i];
                chi += w[i] * r * r;
                square += r * r;
            }
        }
        mx /= sw;
        double sxx = 0;
        for (int i = 0; i < x.length; i++) {
            sxx += in[i] ? w[i] * (x[i] - mx) * (x[i] - mx) : 0;
        }
        double variance = used > 2 ? chi / (used - 2) : 0; // of unit weight, from the scatter itself
        long reference = d0 + Math.round(mx);
        double offset = line[0] + line[1] * (reference - d0);
        long whole = (long) Math.floor(offset);
        return new ClockFit(
                reference,
                o0 + whole,
                offset - whole,
                line[1] * 1e6,
                Math.sqrt(variance / sw) * 1e-9,
                sxx > 0 ? Math.sqrt(variance / sxx) * 1e6 : Double.POSITIVE_INFINITY,
                Math.sqrt(square / used) * 1e-9,
                used,
                x.length - used);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /**
     * A device time on the host's clock.
     *
     * @param deviceTimeNs on the device's clock
     * @return on the host's, nanoseconds
     */
    public long hostTimeNs(long deviceTimeNs) {
        double along = driftPpm * 1e-6 * (deviceTimeNs - referenceDeviceNs);
        return deviceTimeNs + offsetNs + Math.round(offsetFractionNs + along);
    }

    /**
     * A host time on the device's clock.
     *
     * @param hostTimeNs on the host's clock
     * @return on the device's, nanoseconds
     */
    public long deviceTimeNs(long hostTimeNs) {
        double since = hostTimeNs - offsetNs - referenceDeviceNs - offsetFractionNs;
        return referenceDeviceNs + Math.round(since / (1 + driftPpm * 1e-6));
    }

    /**
     * Standard error of a converted time.
     *
     * @param deviceTimeNs on the device's clock
     * @return seconds; grows with the distance from the samples
     */
    public double errorS(long deviceTimeNs) {
        return Math.hypot(offsetErrorS, driftErrorPpm * 1e-6 * (deviceTimeNs - referenceDeviceNs) * 1e-9);
    }
}
