package org.fus.hardware;

/** Takes the blocks of an acquisition, and gives each back when it is done with it. */
@FunctionalInterface
public interface BlockReceiver {
    /**
     * Takes one block. Blocks come in order, one at a time, on a thread of the device. The block stays valid until
     * {@link DeviceBlock#release}, which may be called later and by any thread; a receiver that keeps as many blocks as the
     * ring has makes it overflow.
     *
     * <p>An exception ends the acquisition, releases the block, and is thrown by {@link Acquisition#await}.
     *
     * @param block the block
     */
    void accept(DeviceBlock block);
}
