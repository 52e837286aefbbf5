package org.fus.hardware;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfBlock;

/** A block in the ring of a device, with its times. Thread-safe. */
public final class DeviceBlock implements AutoCloseable {
    /**
     * Where a block stands in its run.
     *
     * @param number number of the block
     * @param firstFrame number of its first frame
     * @param frames frames in it
     * @param deviceTimeNs when its first frame was fired, on the device's clock
     * @param hostTimeNs when it was complete, on the clock of {@link System#nanoTime()}
     */
    record Place(long number, long firstFrame, int frames, long deviceTimeNs, long hostTimeNs) {}

    private final Place place;
    private final BlockContent content;
    private final MemorySegment samples;
    private final Runnable onRelease;
    private final AtomicBoolean released = new AtomicBoolean();

    DeviceBlock(Place place, BlockContent content, MemorySegment samples, Runnable onRelease) {
        this.place = place;
        this.content = content;
        this.samples = samples;
        this.onRelease = onRelease;
    }

    /**
     * Its number in the run; numbers of lost blocks are missing.
     *
     * @return from 0
     */
    public long number() {
        return place.number;
    }

    /**
     * The number of its first frame in the run.
     *
     * @return from 0
     */
    public long firstFrame() {
        return place.firstFrame;
    }

    /**
     * Frames in the block.
     *
     * @return at least 1
     */
    public int frames() {
        return place.frames;
    }

    /**
     * What its samples are: the same for all blocks of a program.
     *
     * @return raw samples or images
     */
    public BlockContent content() {
        return content;
    }

    /**
     * The memory of the samples, which belongs to the device and is overwritten after the release.
     *
     * @return {@code frames * content.frameBytes} bytes
     * @throws IllegalStateException after the release
     */
    public MemorySegment samples() {
        if (released.get()) {
            throw new IllegalStateException(
                    "block " + number() + " was released; its memory belongs to the device again");
        }
        return samples;
    }

    /**
     * Raw samples as they stand in {@link #samples}, without a copy.
     *
     * @return the block
     * @throws IllegalStateException after the release, or when the block holds images
     */
    public RfBlock rf() {
        if (content instanceof BlockContent.Rf rf) {
            return RfBlock.wrap(rf.format(), firstFrame(), frames(), samples());
        }
        throw new IllegalStateException("block " + number() + " holds images, not raw samples; take iq()");
    }

    /**
     * The images, copied.
     *
     * @return the frames, which stay valid after the release
     * @throws IllegalStateException after the release, or when the block holds raw samples
     */
    public IqEnsemble iq() {
        if (content instanceof BlockContent.Iq iq) {
            return iq.copy(samples(), frames());
        }
        throw new IllegalStateException("block " + number() + " holds raw samples, not images; take rf()");
    }

    /**
     * When its first frame was fired, on the device's own clock.
     *
     * @return nanoseconds
     */
    public long deviceTimeNs() {
        return place.deviceTimeNs;
    }

    /**
     * When it was complete, on the clock of {@link System#nanoTime()}.
     *
     * @return nanoseconds
     */
    public long hostTimeNs() {
        return place.hostTimeNs;
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
