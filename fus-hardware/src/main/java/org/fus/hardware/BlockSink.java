package org.fus.hardware;

import org.fus.core.data.RfBlock;

/** Takes the blocks of an acquisition. */
@FunctionalInterface
public interface BlockSink {
    /**
     * Takes one block. Blocks come in order, one at a time, on a thread of the device. The samples are the device's and
     * are valid until this returns: process them here or copy them. Meanwhile the ring of the device fills; see
     * {@link RunOptions} for what happens then.
     *
     * <p>An exception ends the acquisition and is thrown by {@link Acquisition#await}.
     *
     * @param block the block; its first frame is the one behind the last frame of the block before
     */
    void accept(RfBlock block);
}
