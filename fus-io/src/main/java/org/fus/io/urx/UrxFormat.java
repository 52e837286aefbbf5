package org.fus.io.urx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.info.FileInfo;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.frames.LoadedChannels;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.ByteSource;

/**
 * Reads URX, the raw data of Moduleus: RF or IQ samples of one or more groups of events. Opening reads what describes the
 * samples; frames are read one by one, of a file of any size. A file holds as many recordings as it has data of groups, and
 * more where the events of a group differ in sampling frequency, samples or channels: {@link #recordings} gives all,
 * {@link #open} the one that the options name and says how many there are.
 */
public final class UrxFormat implements FileFormat {
    static final String NAME = "Moduleus URX";

    /** Firings and frames are evenly spaced when they differ by less than this part. */
    private static final double EVEN = 0.01;

    /** Makes the reader. */
    public UrxFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".urx");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.hasNode(UrxNodes.ACQUISITION) && !isUac(head.source());
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        UrxNodes urx = new UrxNodes(Hdf.open(source));
        List<Content.Channels> all = recordings(urx, urx.description());
        if (options.recording() >= all.size()) {
            throw new IllegalArgumentException(source.name() + ": recording " + options.recording() + ", expected 0 to "
                    + (all.size() - 1) + ", as the file holds " + all.size());
        }
        return all.get(options.recording());
    }

    /**
     * All recordings of a file.
     *
     * @param source the bytes
     * @return in the order of the data, and within it of the events; at least one
     * @throws FusFormatException when the file is damaged, or holds no samples
     */
    public static List<Content.Channels> recordings(ByteSource source) {
        UrxNodes urx = new UrxNodes(Hdf.open(source));
        return recordings(urx, urx.description());
    }

    static boolean isUac(ByteSource source) {
        try {
            return Hdf.tryOpen(source)
                    .map(UrxNodes::new)
                    .filter(UrxNodes::isUac)
                    .isPresent();
        } catch (FusFormatException e) {
            return false;
        }
    }

    static List<Content.Channels> recordings(UrxNodes urx, Optional<Sidecar> description) {
        try {
            UrxGroup.ProbeSet probes = UrxGroup.ProbeSet.of(urx);
            Map<String, Object> metadata = new UrxMetadata(urx, false).read();
            List<Content.Channels> out = new ArrayList<>();
            List<String> data = urx.items(UrxNodes.ACQUISITION + "/groups_data");
            for (int d = 0; d < data.size(); d++) {
                if (urx.has(data.get(d) + "/raw_data")) {
                    out.addAll(data(urx, probes, metadata, data.get(d), d));
                }
            }
            if (out.isEmpty()) {
                throw urx.failure(
                        UrxNodes.ACQUISITION + "/groups_data",
                        "expected samples, got none; was the recording stopped?");
            }
            if (out.size() == 1) {
                return List.of(described(out.getFirst(), description));
            }
            int count = out.size();
            out.replaceAll(c -> c.withOrigin(c.origin()
                    .warn(List.of("one of " + count
                            + " recordings of the file; the options of opening (fus"
                            + " --recording) or UrxFormat.recordings give the"
                            + " others"))));
            return List.copyOf(out);
        } catch (FusException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new FusFormatException(urx.file(), UrxNodes.ACQUISITION, String.valueOf(e.getMessage()), e);
        }
    }

    /** What the SDK wrote is believed when it tells of the samples that are there. */
    private static Content.Channels described(Content.Channels read, Optional<Sidecar> description) {
        ChannelFormat f = read.recording().format();
        List<Long> shape = List.of(
                (long) read.recording().frames(), (long) f.transmits(), (long) f.channels(), (long) f.sampleCount());
        Optional<Sidecar> own = description.filter(
                d -> d.kind().equals("channel-data") && d.shape().equals(shape));
        if (own.isEmpty()) {
            return read;
        }
        LoadedChannels samples = (LoadedChannels) read.recording();
        Origin o = read.origin();
        return new Content.Channels(
                new Origin(
                        o.file(),
                        o.format(),
                        o.dtype(),
                        own.get().metadata(),
                        own.get().warnings()),
                new LoadedChannels(
                        samples.file(),
                        own.get().channelFormat(),
                        samples.frames(),
                        samples.demodulationFrequencyHz(),
                        samples.loader()));
    }

    private static List<Content.Channels> data(
            UrxNodes urx, UrxGroup.ProbeSet probes, Map<String, Object> metadata, String path, int number) {
        List<String> groups = urx.items(UrxNodes.ACQUISITION + "/groups");
        int g = urx.reference(path + "/group", groups.size());
        List<String> shared = new ArrayList<>();
        UrxGroup group = UrxGroup.read(urx, groups.get(g), probes, shared);
        HdfArray raw = urx.hdf().array(path + "/raw_data");
        int parts = group.iq() ? 2 : 1;
        long values = values(urx, raw, parts);
        long frames = values / group.size();
        if (frames < 1 || frames > Integer.MAX_VALUE) {
            throw urx.failure(
                    raw.path(), "expected frames of " + group.size() + " samples, got " + values + " samples");
        }
        if (values % group.size() != 0) {
            shared.add(raw.path() + ": the last frame is not complete (" + values % group.size() + " of " + group.size()
                    + " samples) and is left out");
        }
        SampleType type = raw.type();
        if (type == SampleType.INT32 || type == SampleType.FLOAT64) {
            shared.add("samples of type " + type.label() + " are rounded to single precision");
        }
        List<Content.Channels> out = new ArrayList<>();
        for (List<Integer> part : group.parts()) {
            List<String> warnings = new ArrayList<>(shared);
            double firings = firingsPerSecond(urx, path, group.events().size(), part.size(), warnings);
            Map<String, Object> own = new LinkedHashMap<>();
            if (Double.isNaN(firings)) {
                firings = part.size();
                own.put(FileInfo.NOT_STATED, List.of("timesS"));
                warnings.add("the file states no times; one frame per second is assumed, so frame times mean nothing");
            }
            List<Integer> used = group.probesOf(part);
            ChannelFormat format = group.format(urx, probes, used, part, firings, warnings);
            Map<String, Object> kept = UrxMetadata.only(metadata, used, g, part, number);
            if (!kept.isEmpty()) {
                own.put(UrxMetadata.ENTRY, kept);
            }
            double modulation = group.iq() ? group.events().get(part.getFirst()).modulationHz() : 0;
            out.add(new Content.Channels(
                    new Origin(urx.file(), NAME + " " + urx.version(), dtype(type, group.iq()), own, warnings),
                    new LoadedChannels(
                            urx.file(),
                            format,
                            (int) frames,
                            modulation,
                            new UrxFrames(raw, parts, UrxFrames.runs(group, part), group.size()))));
        }
        return out;
    }

    /** Whole numbers keep their type, of IQ too; others are what they become. */
    private static String dtype(SampleType type, boolean iq) {
        boolean whole = type == SampleType.INT16;
        return iq && !whole ? SampleType.COMPLEX64.label() : (whole ? type : SampleType.FLOAT32).label();
    }

    private static long values(UrxNodes urx, HdfArray raw, int parts) {
        List<Long> shape = raw.shape();
        boolean known = List.of(SampleType.INT16, SampleType.INT32, SampleType.FLOAT32, SampleType.FLOAT64)
                .contains(raw.type());
        if (!known || shape.size() != 2 || shape.get(1) != parts) {
            throw urx.failure(
                    raw.path(),
                    "expected int16, int32, float32 or float64 of shape [samples, " + parts + "], got "
                            + raw.type().label() + " of shape " + shape);
        }
        return shape.getFirst();
    }

    /** A rate at which some of the events of each frame give the frame rate of the file; NaN when it states no times. */
    private static double firingsPerSecond(UrxNodes urx, String path, int events, int chosen, List<String> warnings) {
        double framePeriodS = stepS(urx.row(path + "/sequence_timestamps"));
        String first = path + "/event_timestamps/" + UrxNodes.item(0);
        double firingPeriodS = urx.hdf().has(first) ? stepS(urx.row(first)) : Double.NaN;
        if (framePeriodS > 0) {
            if (Math.abs(firingPeriodS * events - framePeriodS) > EVEN * framePeriodS) {
                warnings.add("firings are " + firingPeriodS + " s apart, frames " + framePeriodS
                        + " s: there is a pause after each frame; the rate of the frames is kept");
            }
            return chosen / framePeriodS;
        }
        if (firingPeriodS > 0) {
            return chosen / (firingPeriodS * events);
        }
        return Double.NaN;
    }

    private static double stepS(double[] times) {
        return times.length < 2 ? Double.NaN : (times[times.length - 1] - times[0]) / (times.length - 1);
    }
}
