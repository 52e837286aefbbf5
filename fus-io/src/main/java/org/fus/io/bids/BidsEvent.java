package org.fus.io.bids;

/**
 * A stimulus, or another event of a recording.
 *
 * @param onsetS seconds from the start of the acquisition
 * @param durationS seconds, not negative; NaN when not known
 * @param trialType what it was, empty when the table does not tell
 */
public record BidsEvent(double onsetS, double durationS, String trialType) {
    /** Checks the times. */
    public BidsEvent {
        if (!Double.isFinite(onsetS) || durationS < 0 || Double.isInfinite(durationS)) {
            throw new IllegalArgumentException("event at " + onsetS + " s for " + durationS
                    + " s: the onset must be finite, the duration not negative, or NaN when not known");
        }
    }
}
