package org.fus.io.npy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.ArraySeries;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.StoredArray;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.frames.FrameLoader;
import org.fus.io.internal.frames.LoadedChannels;
import org.fus.io.internal.frames.LoadedImages;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/**
 * Reads NumPy arrays, versions 1 to 3. With a description {@code FILE.json} next to it an array is channel data, an
 * ensemble, a map or a series; without one it is an array and no more.
 */
public final class NpyFormat implements FileFormat {
    static final String NAME = "NumPy array";

    /** Makes the reader. */
    public NpyFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".npy");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.startsWith(NpyHeader.MAGIC);
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        NpyHeader header = NpyHeader.read(source);
        StoredArray array = array(source, header);
        Sidecar sidecar = source.neighbour(Sidecar.SUFFIX).map(Sidecar::read).orElse(null);
        if (sidecar == null) {
            return new Content.Array(
                    new Origin(source.name(), NAME, array.type().label(), Map.of(), trailing(source, header)), array);
        }
        return described(source, sidecar, NAME, source.name());
    }

    /** The values of a file, row-major. */
    static StoredArray array(ByteSource source, NpyHeader header) {
        return header.fortran()
                ? FortranOrder.toRowMajor(source, header)
                : new StoredArray(header.type(), header.shape(), header.order(), source, header.dataOffset());
    }

    /** An array with the meaning that a description gives it. */
    static Content described(ByteSource source, Sidecar sidecar, String format, String file) {
        NpyHeader header = NpyHeader.read(source);
        StoredArray array = array(source, header);
        List<String> warnings = trailing(source, header);
        warnings.addAll(sidecar.warnings());
        Origin origin = new Origin(file, format, array.type().label(), sidecar.metadata(), warnings);
        if (!sidecar.shape().equals(array.shape())) {
            throw new FusFormatException(
                    source.name(),
                    "shape",
                    "the description next to it says " + sidecar.shape() + ", the array has " + array.shape()
                            + "; remove " + source.name() + Sidecar.SUFFIX + " to read the array without its meaning");
        }
        try {
            return content(source, sidecar, array, origin);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(source.name(), sidecar.kind(), e.getMessage(), e);
        }
    }

    private static List<String> trailing(ByteSource source, NpyHeader header) {
        List<String> warnings = new ArrayList<>();
        long rest = source.size() - header.dataOffset() - header.dataBytes();
        if (rest > 0) {
            warnings.add(rest + " bytes after the array were ignored");
        }
        return warnings;
    }

    private static Content content(ByteSource source, Sidecar sidecar, StoredArray array, Origin origin) {
        return switch (sidecar.kind()) {
            case "channel-data" -> channels(source, sidecar, array, origin);
            case "iq" -> iq(source, sidecar, array, origin);
            case "map" -> map(source, sidecar, array, origin);
            case "series" -> series(source, sidecar, array, origin);
            case "array" -> new Content.Array(origin, array);
            default ->
                throw new FusFormatException(
                        source.name() + Sidecar.SUFFIX,
                        "kind",
                        "expected channel-data, iq, map, series or array, got " + sidecar.kind());
        };
    }

    private static Content channels(ByteSource source, Sidecar sidecar, StoredArray array, Origin origin) {
        requireAxes(source, array, 4, 1);
        requireFrames(source, array);
        ChannelFormat format = sidecar.channelFormat();
        List<Long> expected =
                List.of(array.shape().getFirst(), (long) format.transmits(), (long) format.channels(), (long)
                        format.sampleCount());
        if (!array.shape().equals(expected)) {
            throw new FusFormatException(
                    source.name(),
                    "shape",
                    "the description says " + format.transmits() + " transmits x " + format.channels() + " channels x "
                            + format.sampleCount() + " samples, the array has " + array.shape());
        }
        return new Content.Channels(
                origin,
                new LoadedChannels(
                        source.name(), format, Math.toIntExact(array.shape().getFirst()), 0, frames(array)));
    }

    private static Content iq(ByteSource source, Sidecar sidecar, StoredArray array, Origin origin) {
        requireAxes(source, array, 4, 2);
        ImageGrid grid = sidecar.grid();
        requireGrid(source, grid, array.shape().subList(1, 4));
        // The file does not tell pauses: all frames are one block.
        int frames = requireFrames(source, array);
        return new Content.Iq(
                origin,
                new LoadedImages(
                        source.name(), grid, sidecar.timing(), frames, frames, sidecar.provenance(), frames(array)));
    }

    /** Ranges along the first axis. */
    private static FrameLoader frames(StoredArray array) {
        long perFrame = array.size() / array.shape().getFirst();
        return f -> array.floats(f * perFrame, Math.toIntExact(perFrame));
    }

    private static Content map(ByteSource source, Sidecar sidecar, StoredArray array, Origin origin) {
        requireAxes(source, array, 3, 1);
        ImageGrid grid = sidecar.grid();
        requireGrid(source, grid, array.shape());
        Heap.require(source.name(), 2 * array.size() * Float.BYTES);
        float[] values = array.floats(0, Math.toIntExact(array.size()));
        return new Content.Doppler(origin, DopplerFrame.wrap(sidecar.quantity(), grid, values, sidecar.provenance()));
    }

    private static Content series(ByteSource source, Sidecar sidecar, StoredArray array, Origin origin) {
        if (array.type().parts() != 1) {
            throw wrongType(source, array, "real numbers");
        }
        FusSeries.Shape shape = sidecar.seriesShape();
        FusSeries series = sidecar.series(new ArraySeries(shape, array));
        return new Content.Series(origin, series);
    }

    private static int requireFrames(ByteSource source, StoredArray array) {
        int frames = Math.toIntExact(array.shape().getFirst());
        if (frames == 0) {
            throw new FusFormatException(source.name(), "shape", "expected at least one frame, got none");
        }
        return frames;
    }

    private static void requireAxes(ByteSource source, StoredArray array, int axes, int parts) {
        if (array.shape().size() != axes) {
            throw new FusFormatException(source.name(), "shape", "expected " + axes + " axes, got " + array.shape());
        }
        if (array.type().parts() != parts) {
            throw wrongType(source, array, parts == 2 ? "complex numbers" : "real numbers");
        }
    }

    private static FusFormatException wrongType(ByteSource source, StoredArray array, String expected) {
        return new FusFormatException(
                source.name(),
                "descr",
                "expected " + expected + " by the description next to it, got "
                        + array.type().label());
    }

    private static void requireGrid(ByteSource source, ImageGrid grid, List<Long> zyx) {
        List<Long> expected = List.of((long) grid.nz(), (long) grid.ny(), (long) grid.nx());
        if (!zyx.equals(expected)) {
            throw new FusFormatException(
                    source.name(),
                    "shape",
                    "the description says a grid of " + expected + " (z, y, x), the array has " + zyx);
        }
    }
}
