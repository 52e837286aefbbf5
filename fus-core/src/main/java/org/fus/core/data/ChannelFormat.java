package org.fus.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;

/**
 * What the samples of channel data mean: which array took them, after which firings, when, on which channels. Immutable.
 *
 * @param probe the array
 * @param sequence the firings of one frame
 * @param samples when samples are taken; one start time per firing
 * @param channelMap the elements of each channel
 */
public record ChannelFormat(Probe probe, TransmitSequence sequence, SampleAxis samples, ChannelMap channelMap) {
    /** Checks that the parts fit together. */
    public ChannelFormat {
        Objects.requireNonNull(probe, "probe");
        List<String> problems = new ArrayList<>();
        if (samples.startTimesS().size() != sequence.size()) {
            problems.add("the sample axis has " + samples.startTimesS().size() + " start times for " + sequence.size()
                    + " transmits; give one each");
        }
        if (channelMap.transmits() != 1 && channelMap.transmits() != sequence.size()) {
            problems.add("the channel map has " + channelMap.transmits() + " transmits, the sequence " + sequence.size()
                    + "; give one each, or one for all");
        }
        if (channelMap.largestElement() >= probe.elements()) {
            problems.add("the channel map names element " + channelMap.largestElement() + ", the probe has "
                    + probe.elements() + ", counted from 0");
        }
        for (int t = 0; t < sequence.size(); t++) {
            Transmit transmit = sequence.transmits().get(t);
            int fired = transmit.aperture().elements();
            boolean exact = transmit instanceof Transmit.ElementDelays;
            if (fired > probe.elements() || (exact && fired != probe.elements())) {
                problems.add(
                        "transmit " + t + " is made for " + fired + " elements, the probe has " + probe.elements());
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; also: ", problems));
        }
    }

    /**
     * A format in which channel {@code i} belongs to element {@code i}.
     *
     * @param probe the array
     * @param sequence the firings of one frame
     * @param samples when samples are taken; one start time per firing
     */
    public ChannelFormat(Probe probe, TransmitSequence sequence, SampleAxis samples) {
        this(probe, sequence, samples, ChannelMap.identity(probe.elements()));
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
        return channelMap.channels();
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
        return new ChannelFormat(probe, sequence.only(transmit), samples.only(transmit), channelMap.only(transmit));
    }

    /**
     * The same firings, sampled otherwise.
     *
     * @param axis the new axis
     * @return a changed copy
     */
    public ChannelFormat withSamples(SampleAxis axis) {
        return new ChannelFormat(probe, sequence, axis, channelMap);
    }
}
