package org.fus.hardware.live;

/**
 * Counts times in buckets whose width is 1/64 of their value, so that a quantile costs no memory per time. One array of 30
 * KiB; nothing is allocated by {@link #add}. Thread-safe.
 */
final class LatencyHistogram {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[(64 - SUB_BITS) * SUB];
    private long count;
    private long max;

    /** Counts a time; negative ones, from clocks that were read in the wrong order, count as 0. */
    synchronized void add(long ns) {
        long t = Math.max(0, ns);
        counts[bucket(t)]++;
        count++;
        max = Math.max(max, t);
    }

    synchronized Latency latency() {
        return new Latency(count, quantile(0.5), quantile(0.99), count == 0 ? Double.NaN : max * 1e-9);
    }

    /** The upper end of the bucket of the time that {@code q} of all do not exceed. */
    private double quantile(double q) {
        if (count == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(q * count));
        long seen = 0;
        int b = 0;
        while (seen + counts[b] < rank) {
            seen += counts[b++];
        }
        return Math.min(max, upperEnd(b)) * 1e-9;
    }

    private static int bucket(long t) {
        if (t < SUB) {
            return (int) t;
        }
        int shift = 63 - Long.numberOfLeadingZeros(t) - SUB_BITS;
        return (shift + 1) * SUB + (int) (t >>> shift) - SUB;
    }

    private static long upperEnd(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
    }
}
