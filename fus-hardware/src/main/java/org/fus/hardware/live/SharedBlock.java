package org.fus.hardware.live;

import java.util.concurrent.atomic.AtomicInteger;
import org.fus.core.data.RfBlock;
import org.fus.hardware.DeviceBlock;

/** A block that several stages use; the last one to let go of it gives it back to the ring. */
final class SharedBlock {
    private final DeviceBlock block;
    private final RfBlock rf;
    private final AtomicInteger users;

    SharedBlock(DeviceBlock block, int users) {
        this.block = block;
        this.rf = block.rf();
        this.users = new AtomicInteger(users);
    }

    RfBlock rf() {
        return rf;
    }

    long hostTimeNs() {
        return block.hostTimeNs();
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            block.release();
        }
    }
}
