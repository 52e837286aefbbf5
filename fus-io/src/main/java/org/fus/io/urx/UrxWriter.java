package org.fus.io.urx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.SampleType;
import org.fus.io.content.WriteOptions;
import org.fus.io.internal.frames.ChannelBytes;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.AtomicFile;

/**
 * Writes channel data as URX 1.2: one group, its events, one data object. Samples of origin int16 stay so, others are
 * float32. Every field that the format has a place for stands there; the node {@code fus_sdk} has the description of the SDK,
 * which keeps the rest and is believed when the file is read again.
 */
public final class UrxWriter implements ContentWriter {
    /** Each frame has a node for its firing times; beyond this the times of frames have to do. */
    private static final int MAX_EVENT_TIMES = 1 << 14;

    /** Makes the writer. */
    public UrxWriter() {}

    @Override
    public String name() {
        return UrxFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".urx");
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Channels;
    }

    @Override
    public String holding() {
        return "channel data";
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        ChannelRecording recording = ((Content.Channels) content).recording();
        ChannelFormat format = recording.format();
        SampleType type =
                content.origin().dtype().equals(SampleType.INT16.label()) ? SampleType.INT16 : SampleType.FLOAT32;
        HdfGroup root = new HdfGroup();
        List<String> lost = new ArrayList<>();
        HdfGroup acquisition = UrxObjects.acquisition(root);
        UrxProbes.write(acquisition.group("probes"), format.probe());
        UrxObjects.pulses(acquisition, List.of(format.sequence().centerFrequencyHz()));
        UrxObjects.group(acquisition, 0, format, recording.demodulationFrequencyHz(), type, 0, lost);
        HdfGroup data = acquisition.group("groups_data").group(UrxNodes.item(0));
        UrxProbes.reference(data, "group", 0);
        times(data, recording, format.sequence(), content, lost);
        long samples = Math.multiplyExact(
                (long) recording.frames(),
                Math.multiplyExact((long) format.transmits() * format.channels(), (long) format.sampleCount()));
        data.data(
                "raw_data",
                type,
                List.of(samples, recording.demodulationFrequencyHz() > 0 ? 2L : 1L),
                out -> ChannelBytes.write(out, recording, type));
        UrxObjects.addMetadata(acquisition, content, lost);
        UrxObjects.addDefaults(acquisition);
        UrxObjects.number(data, "group_timestamp", Double.NaN);
        UrxObjects.describe(root, content, target, UrxFormat.NAME);
        AtomicFile.write(target, options.existing(), root::writeTo);
        return lost;
    }

    private static void times(
            HdfGroup data, ChannelRecording recording, TransmitSequence sequence, Content content, List<String> lost) {
        int frames = recording.frames();
        double[] starts = frameTimes(content, frames);
        if (starts.length == 0) {
            starts = new double[frames];
            for (int f = 0; f < frames; f++) {
                starts[f] = f / sequence.frameRateHz();
            }
        }
        data.doubles("sequence_timestamps", starts, frames);
        if (frames > MAX_EVENT_TIMES) {
            lost.add("the times of single firings of " + frames + " frames, which would be a node each (at most "
                    + MAX_EVENT_TIMES + "); those of the frames are there");
            return;
        }
        double[] firings = new double[sequence.size()];
        for (int t = 0; t < firings.length; t++) {
            firings[t] = t / sequence.pulseRepetitionFrequencyHz();
        }
        HdfGroup events = data.group("event_timestamps");
        for (int f = 0; f < frames; f++) {
            events.doubles(UrxNodes.item(f), firings, firings.length);
        }
    }

    /** The times that a file of this format had, when they are not evenly spaced. */
    private static double[] frameTimes(Content content, int frames) {
        return content.origin().metadata().get(UrxMetadata.ENTRY) instanceof Map<?, ?> kept
                        && kept.get("groups_data") instanceof List<?> all
                        && !all.isEmpty()
                        && all.getFirst() instanceof Map<?, ?> first
                        && first.get("sequence_timestamps") instanceof List<?> times
                        && times.size() == frames
                        && times.stream().allMatch(Number.class::isInstance)
                ? times.stream().mapToDouble(t -> ((Number) t).doubleValue()).toArray()
                : new double[0];
    }
}
