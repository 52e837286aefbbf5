package org.fus.hardware.trigger;

import java.util.OptionalLong;

/**
 * One edge, in or out.
 *
 * @param port name of the port
 * @param channel name of the line
 * @param direction whether it came in or went out
 * @param slope rising or falling
 * @param deviceTimeNs time on the port's own clock, where it has one, nanoseconds
 * @param hostTimeNs time on the clock of {@link System#nanoTime()}
 * @param uncertaintyS how wrong {@code hostTimeNs} may be, seconds
 * @param label what it means, such as a trial type; may be empty
 */
public record TriggerEdge(
        String port,
        String channel,
        Direction direction,
        Slope slope,
        OptionalLong deviceTimeNs,
        long hostTimeNs,
        double uncertaintyS,
        String label) {
    /** Which way. */
    public enum Direction {
        /** From the experiment to the host. */
        IN,
        /** From the host to the experiment. */
        OUT
    }

    /** Which change of level. */
    public enum Slope {
        /** From low to high. */
        RISING,
        /** From high to low. */
        FALLING
    }

    /** Checks the uncertainty. */
    public TriggerEdge {
        if (!(uncertaintyS >= 0)) {
            throw new IllegalArgumentException("uncertainty of " + uncertaintyS + " s, expected 0 or more");
        }
    }
}
