package org.fus.io.npy;

import java.util.Objects;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteSource;

/** An array {@code [frame][transmit][channel][sample]} as channel data. */
record RfFrames(ByteSource source, StoredArray array, ChannelFormat format) implements ChannelRecording {
    @Override
    public int frames() {
        return Math.toIntExact(array.shape().getFirst());
    }

    @Override
    public RfArray read(int firstFrame, int count) {
        Objects.checkFromIndexSize(firstFrame, count, frames());
        try {
            return RfArray.wrap(format, Frames.of(source, array, firstFrame, count));
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(source.name(), "samples", String.valueOf(e.getMessage()), e);
        }
    }
}
