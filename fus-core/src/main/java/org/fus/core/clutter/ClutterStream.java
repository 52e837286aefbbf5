package org.fus.core.clutter;

import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * A filter that goes on from block to block of one live acquisition and keeps what it needs of the past. For one thread
 * at a time; blocks come in order and share grid and timing.
 */
public interface ClutterStream {
    /**
     * Filters the next block.
     *
     * @param block frames that follow those of the block before
     * @param context where to run
     * @return the filtered frames of this block
     * @throws IllegalArgumentException when the block does not continue the blocks before
     */
    IqEnsemble next(IqEnsemble block, RunContext context);
}
