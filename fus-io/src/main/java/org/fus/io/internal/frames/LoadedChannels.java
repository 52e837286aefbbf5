package org.fus.io.internal.frames;

import java.util.Objects;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.ChannelRecording;
import org.fus.io.source.Heap;

/**
 * Channel data whose frames are loaded one by one.
 *
 * @param file for messages
 * @param format what the samples mean
 * @param frames the number of frames
 * @param demodulationFrequencyHz the frequency that was mixed down to zero, 0 for RF
 * @param loader loads a frame
 */
public record LoadedChannels(
        String file, ChannelFormat format, int frames, double demodulationFrequencyHz, FrameLoader loader)
        implements ChannelRecording {
    @Override
    public ChannelData read(int firstFrame, int count) {
        Objects.checkFromIndexSize(firstFrame, count, frames);
        long perFrame = (long) format.transmits() * format.channels() * format.sampleCount();
        int parts = demodulationFrequencyHz == 0 ? 1 : 2;
        // Twice: what is loaded here, and the layout that the engine copies it into.
        Heap.require(file, Math.multiplyExact(2L * count * parts * Float.BYTES, perFrame));
        float[][] values = new float[count][];
        for (int f = 0; f < count; f++) {
            values[f] = loader.load(firstFrame + f);
        }
        try {
            return demodulationFrequencyHz == 0
                    ? RfArray.wrap(format, values)
                    : IqData.copyOf(format, demodulationFrequencyHz, values);
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(file, "samples", String.valueOf(e.getMessage()), e);
        }
    }
}
