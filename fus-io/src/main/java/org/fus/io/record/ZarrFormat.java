package org.fus.io.record;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.ArraySeries;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.FolderFormat;
import org.fus.io.content.IqRecording;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.StoredArray;
import org.fus.io.info.FileInfo;
import org.fus.io.info.Sidecar;
import org.fus.io.source.ByteFolder;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrGroup;
import org.fus.io.zarr.ZarrMetadata;

/**
 * Opens Zarr version 3 stores: recordings, series that {@link ZarrWriter} wrote, and any other array as an array. Values are
 * read chunk by chunk as they are used.
 */
public final class ZarrFormat implements FolderFormat {
    static final String NAME = "Zarr v3";

    private static final String CHUNKS =
            "the metadata are sound; fus info --verify compares the checksum of every chunk that has one (crc32c,"
                    + " gzip, zstd)";

    /** Makes the reader. */
    public ZarrFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(ByteFolder folder) {
        return folder.file("zarr.json").isPresent();
    }

    @Override
    public Content open(ByteFolder folder, OpenOptions options) {
        if (ZarrGroup.kind(folder, "") == ZarrGroup.Kind.ARRAY) {
            return array(folder, ZarrArray.open(folder, ""));
        }
        ZarrGroup root = ZarrGroup.open(folder, "");
        if (Recording.is(root)) {
            return recording(folder, Recording.open(folder));
        }
        if (root.attributes().get(RecordingLayout.DESCRIPTION) instanceof Map<?, ?> description) {
            return series(folder, root.array(RecordingLayout.DATA), description);
        }
        List<String> members = root.members();
        if (members.size() == 1 && ZarrGroup.kind(folder, members.getFirst()) == ZarrGroup.Kind.ARRAY) {
            return array(folder, root.array(members.getFirst()));
        }
        throw new FusUnsupportedFormatException(
                folder.name(),
                "/",
                "a group of " + members
                        + ", none of which is known to be the one that is meant; name the folder of one of them");
    }

    private static Content array(ByteFolder folder, ZarrArray array) {
        ZarrMetadata m = array.metadata();
        Map<String, Object> metadata = new LinkedHashMap<>(m.attributes());
        if (!m.dimensionNames().isEmpty()) {
            metadata.put(FileInfo.DIMENSION_NAMES, m.dimensionNames());
        }
        return new Content.Array(
                new Origin(folder.name(), NAME, m.type().label(), metadata, List.of(), CHUNKS), stored(folder, array));
    }

    private static StoredArray stored(ByteFolder folder, ZarrArray array) {
        ZarrMetadata m = array.metadata();
        try {
            return new StoredArray(m.type(), m.shape(), ByteOrder.LITTLE_ENDIAN, array.bytes(), 0);
        } catch (ArithmeticException e) {
            throw new FusFormatException(
                    folder.name() + "/zarr.json",
                    "shape",
                    m.shape() + " is larger than any array; it may be damaged",
                    e);
        }
    }

    private static Content series(ByteFolder folder, ZarrArray array, Map<?, ?> description) {
        Sidecar sidecar = Sidecar.of(folder.name(), description);
        if (!sidecar.kind().equals("series")) {
            throw sidecar.failure("kind", "expected series, got " + sidecar.kind());
        }
        StoredArray values = stored(folder, array);
        FusSeries.Shape shape = sidecar.seriesShape();
        if (values.size() != shape.size() || values.type().parts() != 1) {
            throw sidecar.failure("axes", "expected " + shape + ", the array has " + values.shape());
        }
        Origin origin =
                new Origin(folder.name(), NAME, values.type().label(), sidecar.metadata(), sidecar.warnings(), CHUNKS);
        return new Content.Series(origin, sidecar.series(new ArraySeries(shape, values)));
    }

    private static Content recording(ByteFolder folder, Recording recording) {
        RecordingPlan plan = recording.plan();
        if (recording.frames() == 0) {
            throw new FusUnsupportedFormatException(
                    folder.name(), "data", "the recording holds no frames; nothing was recorded, or it has just begun");
        }
        List<String> warnings = new ArrayList<>(recording.warnings());
        Origin origin = new Origin(
                folder.name(),
                NAME + " recording",
                plan.content().type().label(),
                plan.metadata(),
                warnings,
                integrity(recording));
        return switch (plan.content()) {
            case RecordedContent.Rf rf -> new Content.Channels(origin, new Channels(recording, rf.format()));
            case RecordedContent.Iq iq ->
                new Content.Iq(origin, new Frames(recording, iq.grid(), iq.timing(), plan.provenance()));
            case RecordedContent.Doppler d -> maps(recording, d, origin);
        };
    }

    private static String integrity(Recording recording) {
        return (recording.complete() ? "complete" : "not ended by its recorder") + ": "
                + recording.blockNumbers().size() + " blocks are there; fus info --verify compares their checksums";
    }

    private static Content maps(Recording recording, RecordedContent.Doppler doppler, Origin origin) {
        double[] times = recording.timesS();
        List<String> warnings = new ArrayList<>(origin.warnings());
        double last = 0;
        for (int i = 0; i < times.length; i++) {
            if (Double.isNaN(times[i])) {
                warnings.add("map " + i + " is lost; it reads as 0 at the time of the one before");
                times[i] = last;
            }
            last = times[i];
        }
        ImageGrid grid = doppler.grid();
        FusSeries series = FusSeries.of(
                new FusSeries.Shape(1, 1, times.length, grid.nz(), grid.ny(), grid.nx()),
                FusSeries.Geometry.of(grid),
                new FusSeries.Times(Arrays.stream(times).boxed().toList(), List.of()),
                recording.plan().metadata(),
                recording.plan().provenance(),
                (extra, pose, first, count) -> widened(recording.maps(first, count)));
        return new Content.Series(
                new Origin(
                        origin.file(),
                        origin.format(),
                        origin.dtype(),
                        origin.metadata(),
                        warnings,
                        origin.integrity()),
                series);
    }

    private static double[] widened(List<DopplerFrame> maps) {
        int n = maps.getFirst().grid().size();
        double[] out = new double[Math.multiplyExact(n, maps.size())];
        for (int m = 0; m < maps.size(); m++) {
            for (int i = 0; i < n; i++) {
                out[m * n + i] = maps.get(m).at(i);
            }
        }
        return out;
    }

    private record Channels(Recording recording, ChannelFormat format) implements ChannelRecording {
        @Override
        public int frames() {
            return recording.frames();
        }

        @Override
        public int framesPerBlock() {
            return Math.min(frames(), recording.plan().framesPerBlock());
        }

        @Override
        public RfBlock read(int firstFrame, int count) {
            return recording.rf(firstFrame, count);
        }
    }

    private record Frames(Recording recording, ImageGrid grid, IqEnsemble.Timing timing, Provenance provenance)
            implements IqRecording {
        @Override
        public int frames() {
            return recording.frames();
        }

        @Override
        public int framesPerBlock() {
            return Math.min(frames(), recording.plan().framesPerBlock());
        }

        @Override
        public IqEnsemble read(int firstFrame, int count) {
            return recording.iq(firstFrame, count);
        }
    }
}
