package org.fus.core.data;

import java.util.Arrays;
import java.util.Objects;

/** RF on the heap in float32, one array per frame, {@code [transmit][channel][sample]}. Immutable. */
public final class RfArray implements RfData {
    private final ChannelFormat format;
    private final float[][] frames;

    private RfArray(ChannelFormat format, float[][] frames) {
        this.format = format;
        this.frames = frames;
    }

    /**
     * Takes samples without a copy; the caller must not change them afterwards.
     *
     * @param format what the samples mean
     * @param frames one array per frame, each {@code [transmit][channel][sample]}, finite
     * @return the data
     * @throws IllegalArgumentException when a frame has another size or holds a value that is not finite
     */
    public static RfArray wrap(ChannelFormat format, float[][] frames) {
        Objects.requireNonNull(format, "format");
        if (frames.length == 0) {
            throw new IllegalArgumentException("RF data without a frame; give at least one");
        }
        int perTransmit = Math.multiplyExact(format.channels(), format.sampleCount());
        int size = Math.multiplyExact(format.transmits(), perTransmit);
        for (int f = 0; f < frames.length; f++) {
            if (frames[f].length != size) {
                throw new IllegalArgumentException("frame " + f + " has " + frames[f].length + " samples, expected "
                        + size + " (" + format.transmits() + " transmits x " + format.channels() + " channels x "
                        + format.sampleCount() + " samples)");
            }
            for (int i = 0; i < size; i++) {
                if (!Float.isFinite(frames[f][i])) {
                    throw new IllegalArgumentException("RF sample is " + frames[f][i] + " at frame " + f + ", transmit "
                            + i / perTransmit + ", channel " + i % perTransmit / format.sampleCount() + ", sample "
                            + i % format.sampleCount() + "; replace samples that are not finite");
                }
            }
        }
        return new RfArray(format, frames.clone());
    }

    @Override
    public ChannelFormat format() {
        return format;
    }

    @Override
    public int frames() {
        return frames.length;
    }

    @Override
    public void copyTrace(int frame, int transmit, int channel, float[] target, int offset) {
        int n = format.sampleCount();
        System.arraycopy(frames[frame], (transmit * format.channels() + channel) * n, target, offset, n);
    }

    @Override
    public RfArray slice(int firstFrame, int count) {
        Objects.checkFromIndexSize(firstFrame, count, frames.length);
        return new RfArray(format, Arrays.copyOfRange(frames, firstFrame, firstFrame + count));
    }

    @Override
    public String toString() {
        return "RfArray[" + frames.length + " frames, " + format.transmits() + " transmits, " + format.channels()
                + " channels, " + format.sampleCount() + " samples" + "]";
    }
}
