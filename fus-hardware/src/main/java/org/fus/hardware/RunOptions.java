package org.fus.hardware;

import java.util.Objects;

/**
 * How blocks are kept until somebody takes them.
 *
 * @param ringBlocks blocks in the ring, at least 2: one is filled while one is in use
 * @param overflow what happens when a block is due and no slot is free. Only devices with a clock overflow; a device that
 *     computes or reads its blocks waits for a slot.
 */
public record RunOptions(int ringBlocks, Overflow overflow) {
    /** Four blocks; an overflow ends the run. */
    public static final RunOptions DEFAULTS = new RunOptions(4, Overflow.STOP);

    /** What an overflow does. */
    public enum Overflow {
        /** High voltage off, the blocks so far are delivered, the run fails. */
        STOP,
        /** The block is lost and counted; the run goes on. */
        DROP
    }

    /** Checks the size. */
    public RunOptions {
        Objects.requireNonNull(overflow, "overflow");
        if (ringBlocks < 2) {
            throw new IllegalArgumentException(
                    "ring of " + ringBlocks + " blocks, expected at least 2: one fills while one is in use");
        }
    }
}
