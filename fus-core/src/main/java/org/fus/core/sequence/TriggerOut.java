package org.fus.core.sequence;

import java.util.Objects;

/**
 * A pulse that is sent.
 *
 * @param channel the output, in the device's own words
 * @param timeOffsetS from what is announced to the pulse, seconds
 * @param pulseDurationS seconds, not negative
 * @param polarity the level of the pulse
 */
public record TriggerOut(String channel, double timeOffsetS, double pulseDurationS, Polarity polarity) {
    /** The level of a pulse. */
    public enum Polarity {
        /** Up against a resting level below. */
        POSITIVE,
        /** Down against a resting level above. */
        NEGATIVE
    }

    /** Checks the figures. */
    public TriggerOut {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(polarity, "polarity");
        if (!Double.isFinite(timeOffsetS) || !(pulseDurationS >= 0) || !Double.isFinite(pulseDurationS)) {
            throw new IllegalArgumentException("trigger out at " + timeOffsetS + " s for " + pulseDurationS
                    + " s: both must be finite, the duration not negative");
        }
    }
}
