package org.fus.hardware.live;

import java.util.concurrent.atomic.AtomicInteger;
import org.fus.hardware.DeviceBlock;

/** A block that several stages use; the last one to let go of it gives it back to the ring. */
final class SharedBlock {
    private final DeviceBlock block;
    private final AtomicInteger users;

    SharedBlock(DeviceBlock block, int users) {
        this.block = block;
        this.users = new AtomicInteger(users);
    }

    /** Its samples are there until {@link #release}. */
    DeviceBlock block() {
        return block;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            block.release();
        }
    }
}
