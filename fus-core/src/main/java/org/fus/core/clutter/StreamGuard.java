package org.fus.core.clutter;

import org.fus.core.data.IqEnsemble;

/** Sees to it that the blocks of a stream belong together. */
final class StreamGuard {
    private IqEnsemble first;

    /** Accepts a block, and tells whether it is the first. */
    boolean accept(IqEnsemble block) {
        if (first == null) {
            first = block.slice(0, 1);
            return true;
        }
        if (!block.grid().equals(first.grid()) || !block.timing().equals(first.timing())) {
            throw new IllegalArgumentException("a stream of blocks on " + first.grid() + " at " + first.timing()
                    + " got a block on " + block.grid() + " at " + block.timing() + "; begin a new stream");
        }
        return false;
    }
}
