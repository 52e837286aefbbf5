package org.fus.hardware;

import java.util.List;

/** A run of a program, from start to end. Thread-safe. */
public interface Acquisition {
    /**
     * Waits until the run has ended: all frames delivered, stopped, or failed.
     *
     * @throws org.fus.core.error.FusDeviceException when a fault of the device or an overflow ended the run, naming it; the
     *     blocks from before were delivered
     * @throws RuntimeException what the sink threw, itself; an {@link Error} likewise
     * @throws org.fus.core.error.FusCancelledException when the waiting thread is interrupted; the run goes on
     */
    void await();

    /**
     * Asks the run to end after the frames in progress. The frames so far are still delivered. Returns at once; does
     * nothing when the run has ended.
     */
    void stop();

    /**
     * Tells whether the run has ended and the sink will not be called again.
     *
     * @return true after the end
     */
    boolean isDone();

    /**
     * Frames in the blocks that the sink has taken.
     *
     * @return 0 or more
     */
    long framesDelivered();

    /**
     * Blocks that were lost because no slot of the ring was free.
     *
     * @return 0 or more
     */
    long blocksLost();

    /**
     * What a reader of the data should know, such as clipped samples.
     *
     * @return one line each; complete when the run has ended
     */
    List<String> warnings();
}
