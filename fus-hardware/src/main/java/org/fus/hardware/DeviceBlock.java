package org.fus.hardware;

import java.util.concurrent.atomic.AtomicBoolean;
import org.fus.core.data.RfBlock;

/** A block in the ring of a device, with its times. Thread-safe. */
public final class DeviceBlock implements AutoCloseable {
    private final long number;
    private final RfBlock rf;
    private final long deviceTimeNs;
    private final long hostTimeNs;
    private final Runnable onRelease;
    private final AtomicBoolean released = new AtomicBoolean();

    DeviceBlock(long number, RfBlock rf, long deviceTimeNs, long hostTimeNs, Runnable onRelease) {
        this.number = number;
        this.rf = rf;
        this.deviceTimeNs = deviceTimeNs;
        this.hostTimeNs = hostTimeNs;
        this.onRelease = onRelease;
    }

    /**
     * Its number in the run; numbers of lost blocks are missing.
     *
     * @return from 0
     */
    public long number() {
        return number;
    }

    /**
     * The samples, which belong to the device and are overwritten after the release.
     *
     * @return the block
     * @throws IllegalStateException after the release
     */
    public RfBlock rf() {
        if (released.get()) {
            throw new IllegalStateException(
                    "block " + number + " was released; its memory belongs to the device again");
        }
        return rf;
    }

    /**
     * When its first frame was fired, on the device's own clock.
     *
     * @return nanoseconds
     */
    public long deviceTimeNs() {
        return deviceTimeNs;
    }

    /**
     * When it was complete, on the clock of {@link System#nanoTime()}.
     *
     * @return nanoseconds
     */
    public long hostTimeNs() {
        return hostTimeNs;
    }

    /** Gives the memory back. May be called any number of times, by any thread. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            onRelease.run();
        }
    }

    /** The same as {@link #release}. */
    @Override
    public void close() {
        release();
    }
}
