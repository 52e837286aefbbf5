package org.fus.core.data;

/** Samples per channel, before beamforming: real RF or demodulated IQ. */
public sealed interface ChannelData permits RfData, IqData {
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
}
