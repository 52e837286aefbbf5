package org.fus.hardware.live;

import java.util.Locale;

/**
 * How long something took, over all times it was done. Quantiles are right to 1.6 %, the longest exactly.
 *
 * @param count how often
 * @param p50S the median, seconds; NaN when it was never done
 * @param p99S 99 of 100 took at most this, seconds
 * @param maxS the longest, seconds
 */
public record Latency(long count, double p50S, double p99S, double maxS) {
    @Override
    public String toString() {
        return count == 0
                ? "-"
                : String.format(
                        Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.1f ms", p50S * 1e3, p99S * 1e3, maxS * 1e3);
    }
}
