package org.fus.core.sequence;

import java.util.Objects;

/**
 * A signal that is waited for.
 *
 * @param channel the input, in the device's own words
 * @param edge what counts as the signal
 */
public record TriggerIn(String channel, Edge edge) {
    /** What counts as a signal. */
    public enum Edge {
        /** The input goes up. */
        RISING,
        /** The input goes down. */
        FALLING,
        /** The input is up. */
        HIGH,
        /** The input is down. */
        LOW
    }

    /** Checks that nothing is missing. */
    public TriggerIn {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(edge, "edge");
    }
}
