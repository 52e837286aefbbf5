package org.fus.io.content;

import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfData;

/** Channel data that are read by range of frames. Implementations are safe for use by many threads. */
public interface ChannelRecording {
    /**
     * What the samples mean.
     *
     * @return the format
     */
    ChannelFormat format();

    /**
     * The number of frames.
     *
     * @return at least 1
     */
    int frames();

    /**
     * Frames that stand together in the file, so that reading them at once is cheapest.
     *
     * @return at least 1, at most {@link #frames}
     */
    default int framesPerBlock() {
        return 1;
    }

    /**
     * The frequency that was mixed down to zero.
     *
     * @return hertz; 0 for RF
     */
    default double demodulationFrequencyHz() {
        return 0;
    }

    /**
     * Reads frames.
     *
     * @param firstFrame from 0
     * @param count number of frames, at least 1
     * @return RF or IQ samples of {@link #format}
     * @throws IndexOutOfBoundsException when the range does not lie within the frames
     * @throws org.fus.core.error.FusFormatException when the samples are damaged
     * @throws org.fus.core.error.FusUnsupportedFormatException when so many frames do not fit into memory
     */
    ChannelData read(int firstFrame, int count);

    /**
     * RF in memory as a recording.
     *
     * @param data the samples
     * @return a view
     */
    static ChannelRecording of(RfData data) {
        return new ChannelRecording() {
            @Override
            public ChannelFormat format() {
                return data.format();
            }

            @Override
            public int frames() {
                return data.frames();
            }

            @Override
            public int framesPerBlock() {
                return data.frames();
            }

            @Override
            public RfData read(int firstFrame, int count) {
                return data.slice(firstFrame, count);
            }
        };
    }
}
