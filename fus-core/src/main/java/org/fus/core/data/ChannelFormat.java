package org.fus.core.data;

import java.util.Objects;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/**
 * What the samples of channel data mean: which array took them, after which firings, when. Channel {@code i} belongs to
 * element {@code i}. Immutable.
 *
 * @param probe the array
 * @param sequence the firings of one frame
 * @param samples when samples are taken; one start time per firing
 */
public record ChannelFormat(Probe probe, TransmitSequence sequence, SampleAxis samples) {
    /** Checks that the parts fit together. */
    public ChannelFormat {
        Objects.requireNonNull(probe, "probe");
        if (samples.startTimesS().size() != sequence.size()) {
            throw new IllegalArgumentException(
                    "the sample axis has " + samples.startTimesS().size() + " start times for " + sequence.size()
                            + " transmits; give one each");
        }
    }

    /**
     * The number of firings per frame.
     *
     * @return at least 1
     */
    public int transmits() {
        return sequence.size();
    }

    /**
     * The number of channels.
     *
     * @return at least 1
     */
    public int channels() {
        return probe.elements();
    }

    /**
     * The number of samples per channel and firing.
     *
     * @return at least 1
     */
    public int sampleCount() {
        return samples.samples();
    }

    /**
     * The format of one firing alone.
     *
     * @param transmit from 0
     * @return a format of one transmit with the same frame rate
     */
    public ChannelFormat only(int transmit) {
        return new ChannelFormat(probe, sequence.only(transmit), samples.only(transmit));
    }

    /**
     * The same firings, sampled otherwise.
     *
     * @param axis the new axis
     * @return a changed copy
     */
    public ChannelFormat withSamples(SampleAxis axis) {
        return new ChannelFormat(probe, sequence, axis);
    }
}
