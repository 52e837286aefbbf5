package org.fus.hardware.lsl;

import java.util.List;

/**
 * One sample: a value per channel at one time.
 *
 * @param timestampS when it was so, on the clock of its sender, seconds
 * @param values the numbers; empty for a stream of text. Integers beyond 2^53 are rounded
 * @param texts the texts; empty for a stream of numbers
 */
public record LslSample(double timestampS, List<Double> values, List<String> texts) {
    /** Checks and copies. */
    public LslSample {
        if (!Double.isFinite(timestampS)) {
            throw new IllegalArgumentException("timestamp of " + timestampS + ", expected finite seconds");
        }
        values = List.copyOf(values);
        texts = List.copyOf(texts);
    }
}
