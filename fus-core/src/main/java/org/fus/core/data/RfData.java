package org.fus.core.data;

/** Real RF samples {@code [frame][transmit][channel][sample]}. */
public sealed interface RfData extends ChannelData permits RfBlock, RfArray {
    /**
     * Copies the samples of one trace.
     *
     * @param frame from 0
     * @param transmit from 0
     * @param channel from 0
     * @param target receives {@code format().sampleCount()} values
     * @param offset first place in the target
     */
    void copyTrace(int frame, int transmit, int channel, float[] target, int offset);

    /**
     * Some of the frames, without a copy of their samples.
     *
     * @param firstFrame from 0
     * @param count number of frames, at least 1
     * @return data of the same format
     * @throws IndexOutOfBoundsException when the range does not lie within the frames
     */
    RfData slice(int firstFrame, int count);
}
