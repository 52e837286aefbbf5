package org.fus.io.echoframe;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.info.FileInfo;
import org.fus.io.internal.frames.LoadedImages;
import org.fus.io.source.ByteSource;

/**
 * Reads streams of EchoFrame: beamformed frames as IQ, power Doppler images as a series, raw samples as a bare array. Axes
 * and rates come from {@code ScanParameters.mat} in the same folder; without it a stream is a bare array
 * {@code [buffer][value]}.
 *
 * <p>A buffer is one ensemble: frames of different buffers were not taken without a pause.
 */
public final class EchoFrameFormat implements FileFormat {
    private static final String NAME = "EchoFrame stream";

    /** Makes the reader. */
    public EchoFrameFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".dat");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.hasExtension(".dat")
                && EchoFrameHeader.recognises(head.bytes(), head.source().size());
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        EchoFrameHeader header = EchoFrameHeader.read(source);
        Optional<EchoFrameParameters> parameters = EchoFrameParameters.of(source);
        try {
            return parameters.isPresent() ? meant(source, header, parameters.get()) : bare(source, header);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(source.name(), EchoFrameParameters.FILE, String.valueOf(e.getMessage()), e);
        }
    }

    private static Content meant(ByteSource source, EchoFrameHeader header, EchoFrameParameters p) {
        long pixels = (long) p.nz() * p.nx();
        String name = source.fileName().toLowerCase(Locale.ROOT);
        boolean named = name.contains("pdi") || name.contains("rf");
        if (!name.contains("pdi") && !name.contains("rf") && header.elements() == pixels * p.repeats()) {
            return images(source, header, p);
        }
        if (name.contains("pdi") && p.ensembles() > 0 && header.elements() == pixels * p.ensembles()) {
            return series(source, header, p);
        }
        if (named) {
            return bare(source, header);
        }
        throw new FusFormatException(
                source.name(),
                "header",
                "expected " + p.nz() + " x " + p.nx() + " x " + p.repeats() + " values per buffer by "
                        + EchoFrameParameters.FILE + ", got " + header.elements()
                        + "; the two files are not of one recording");
    }

    private static Content images(ByteSource source, EchoFrameHeader header, EchoFrameParameters p) {
        requireType(source, header, SampleType.COMPLEX64);
        header.requireWhole(source, SampleType.COMPLEX64.bytes());
        int perBuffer = p.repeats();
        int frames = Math.toIntExact(Math.multiplyExact(header.buffers(), (long) perBuffer));
        PixelGrid grid = p.grid();
        return new Content.Iq(
                origin(source, header, SampleType.COMPLEX64, p.metadata(), List.of()),
                new LoadedImages(
                        source.name(),
                        grid,
                        p.timing(),
                        frames,
                        perBuffer,
                        Provenance.none(),
                        f -> image(source, header, grid, f / perBuffer, f % perBuffer)));
    }

    /** A frame stands as [x][z]. */
    private static float[] image(ByteSource source, EchoFrameHeader header, PixelGrid grid, int buffer, int frame) {
        StoredArray stored = array(source, header, SampleType.COMPLEX64, buffer, List.of(header.elements()));
        float[] xz = stored.floats((long) frame * grid.size(), grid.size());
        float[] zx = new float[xz.length];
        for (int x = 0; x < grid.nx(); x++) {
            for (int z = 0; z < grid.nz(); z++) {
                int from = 2 * (x * grid.nz() + z);
                int to = 2 * (z * grid.nx() + x);
                zx[to] = xz[from];
                zx[to + 1] = xz[from + 1];
            }
        }
        return zx;
    }

    private static Content series(ByteSource source, EchoFrameHeader header, EchoFrameParameters p) {
        requireType(source, header, SampleType.FLOAT32);
        header.requireWhole(source, SampleType.FLOAT32.bytes());
        int perBuffer = p.ensembles();
        int times = Math.toIntExact(Math.multiplyExact(header.buffers(), (long) perBuffer));
        PixelGrid grid = p.grid();
        List<Double> ends = new ArrayList<>(times);
        double bufferS = p.repeats() / p.timing().frameRateHz();
        for (int t = 0; t < times; t++) {
            int buffer = t / perBuffer;
            ends.add(buffer * bufferS + t % perBuffer * p.ensembleStepS() + p.ensembleS());
        }
        FusSeries series = FusSeries.of(
                new FusSeries.Shape(1, 1, times, grid.nz(), 1, grid.nx()),
                FusSeries.Geometry.of(grid),
                new FusSeries.Times(ends, List.of()),
                p.metadata(),
                Provenance.none(),
                (extra, pose, first, count) -> powers(source, header, grid, perBuffer, first, count));
        return new Content.Series(
                origin(
                        source,
                        header,
                        SampleType.FLOAT32,
                        Map.of(),
                        List.of("the file does not tell the pauses between buffers; times are as if there were none")),
                series);
    }

    private static double[] powers(
            ByteSource source, EchoFrameHeader header, PixelGrid grid, int perBuffer, int first, int count) {
        double[] out = new double[Math.multiplyExact(count, grid.size())];
        for (int t = 0; t < count; t++) {
            int at = first + t;
            StoredArray stored = array(source, header, SampleType.FLOAT32, at / perBuffer, List.of(header.elements()));
            float[] xz = stored.floats((long) (at % perBuffer) * grid.size(), grid.size());
            for (int i = 0; i < xz.length; i++) {
                int x = i / grid.nz();
                int z = i % grid.nz();
                out[t * grid.size() + z * grid.nx() + x] = xz[i];
            }
        }
        return out;
    }

    /** The values without a meaning, when their type is known and nothing stands between the buffers. */
    private static Content bare(ByteSource source, EchoFrameHeader header) {
        boolean raw = source.fileName().toLowerCase(Locale.ROOT).contains("rf");
        SampleType type = header.type()
                .orElseGet(() -> raw
                        ? SampleType.INT16
                        : source.fileName().toLowerCase(Locale.ROOT).contains("pdi")
                                ? SampleType.FLOAT32
                                : SampleType.COMPLEX64);
        header.requireWhole(source, type.bytes());
        boolean dense = header.paddingBytes() == 0 || header.buffers() == 1;
        List<Long> shape = dense ? List.of(header.buffers(), header.elements()) : List.of(header.elements());
        List<String> warnings = new ArrayList<>(List.of("there is no " + EchoFrameParameters.FILE
                + " that tells what the values are; they were read as a bare array"));
        if (!dense) {
            warnings.add("only the first of " + header.buffers() + " buffers was read, because padding separates them");
        }
        List<String> names = dense ? List.of("buffer", "value") : List.of("value");
        return new Content.Array(
                origin(source, header, type, Map.of(FileInfo.DIMENSION_NAMES, names), warnings),
                array(source, header, type, 0, shape));
    }

    private static StoredArray array(
            ByteSource source, EchoFrameHeader header, SampleType type, long buffer, List<Long> shape) {
        return new StoredArray(type, shape, ByteOrder.LITTLE_ENDIAN, source, header.bufferAt(buffer, type.bytes()));
    }

    private static void requireType(ByteSource source, EchoFrameHeader header, SampleType expected) {
        if (header.version() == 1 && header.type().filter(expected::equals).isEmpty()) {
            throw new FusUnsupportedFormatException(
                    source.name(),
                    "header, type code",
                    "expected " + expected.label()
                            + " for this stream, got "
                            + header.type().map(SampleType::label).orElse("bfloat16")
                            + "; convert it with EchoFrame");
        }
    }

    private static Origin origin(
            ByteSource source,
            EchoFrameHeader header,
            SampleType type,
            Map<String, Object> metadata,
            List<String> warnings) {
        return new Origin(source.name(), NAME + " version " + header.version(), type.label(), metadata, warnings);
    }
}
