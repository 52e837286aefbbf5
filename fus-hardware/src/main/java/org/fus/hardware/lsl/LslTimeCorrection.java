package org.fus.hardware.lsl;

/**
 * How the clock of a sender differs from the one here.
 *
 * @param offsetS what to add to a timestamp of the sender to have it on {@link LslClock} here, seconds
 * @param roundTripS the time that the best probe was under way; the offset is wrong by at most half of it, seconds
 */
public record LslTimeCorrection(double offsetS, double roundTripS) {
    /**
     * A sender's timestamp on the clock here.
     *
     * @param senderTimeS seconds on the sender's clock
     * @return seconds on {@link LslClock}
     */
    public double toLocal(double senderTimeS) {
        return senderTimeS + offsetS;
    }
}
