package org.fus.core.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A block of raw samples as a device delivers it: int16, {@code [frame][transmit][channel][sample]}, native byte order,
 * in one native memory segment. The owner of the segment decides how long it lives; whoever keeps samples copies them.
 */
public final class RfBlock implements RfData {
    private final ChannelFormat format;
    private final long firstFrame;
    private final int frames;
    private final MemorySegment samples;

    private RfBlock(ChannelFormat format, long firstFrame, int frames, MemorySegment samples) {
        this.format = format;
        this.firstFrame = firstFrame;
        this.frames = frames;
        this.samples = samples.asReadOnly();
    }

    /**
     * Takes samples without a copy.
     *
     * @param format what the samples mean
     * @param firstFrame number of the first frame since the acquisition started
     * @param frames frames in this block
     * @param samples int16 samples, {@code [frame][transmit][channel][sample]}; a native segment of exactly that size
     * @return the block
     */
    public static RfBlock wrap(ChannelFormat format, long firstFrame, int frames, MemorySegment samples) {
        Objects.requireNonNull(format, "format");
        long expected = bytes(format, frames);
        if (!samples.isNative() || samples.byteSize() != expected) {
            throw new IllegalArgumentException("RF block of " + samples.byteSize() + " bytes ("
                    + (samples.isNative() ? "native" : "heap") + "), expected " + expected + " native bytes for "
                    + frames
                    + " frames x " + format.transmits() + " transmits x " + format.channels() + " channels x "
                    + format.sampleCount() + " int16 samples");
        }
        return new RfBlock(format, firstFrame, frames, samples);
    }

    /**
     * The size of a block.
     *
     * @param format what the samples mean
     * @param frames frames in the block, at least 1
     * @return bytes
     */
    public static long bytes(ChannelFormat format, int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException("RF block of " + frames + " frames, expected at least 1");
        }
        long perFrame = Math.multiplyExact(
                Math.multiplyExact((long) format.transmits(), format.channels()), 2L * format.sampleCount());
        return Math.multiplyExact(perFrame, frames);
    }

    @Override
    public ChannelFormat format() {
        return format;
    }

    @Override
    public int frames() {
        return frames;
    }

    /**
     * The number of the first frame since the acquisition started.
     *
     * @return from 0
     */
    public long firstFrame() {
        return firstFrame;
    }

    /**
     * The samples.
     *
     * @return int16, {@code [frame][transmit][channel][sample]}, read-only
     */
    public MemorySegment samples() {
        return samples;
    }

    @Override
    public void copyTrace(int frame, int transmit, int channel, float[] target, int offset) {
        int n = format.sampleCount();
        long start = traceByte(frame, transmit, channel);
        for (int i = 0; i < n; i++) {
            target[offset + i] = samples.get(ValueLayout.JAVA_SHORT, start + (long) Short.BYTES * i);
        }
    }

    /**
     * Where a trace begins in {@link #samples}.
     *
     * @param frame from 0
     * @param transmit from 0
     * @param channel from 0
     * @return byte of its first sample; the trace has {@code format().sampleCount()} samples of two bytes
     */
    public long traceByte(int frame, int transmit, int channel) {
        long trace = ((long) frame * format.transmits() + transmit) * format.channels() + channel;
        return Short.BYTES * trace * format.sampleCount();
    }

    @Override
    public RfBlock slice(int first, int count) {
        Objects.checkFromIndexSize(first, count, frames);
        MemorySegment part = samples.asSlice(bytes(format, 1) * first, bytes(format, count));
        return new RfBlock(format, firstFrame + first, count, part);
    }
}
