package org.fus.io.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.data.IqEnsemble;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.IqRecording;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.SeriesBytes;
import org.fus.io.content.StoredArray;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.FileInfo;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.frames.ChannelBytes;
import org.fus.io.source.AtomicFile;

/**
 * Writes NumPy arrays, version 1.0, row-major and little-endian, in the type of the content, and next to each its
 * description {@code FILE.json}. Axes: channel data {@code [frame][transmit][channel][sample]}, ensembles
 * {@code [frame][z][y][x]}, maps {@code [z][y][x]}, series {@code [extra][pose][time][z][y][x]} without extra and pose
 * where they are of length 1.
 */
public final class NpyWriter implements ContentWriter {
    private static final int BLOCK_VALUES = 1 << 16;

    /** Makes the writer. */
    public NpyWriter() {}

    @Override
    public String name() {
        return NpyFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".npy");
    }

    @Override
    public String holding() {
        return "RF channel data, IQ images, a map, a series or an array";
    }

    @Override
    public boolean holds(Content content) {
        return switch (content) {
            case Content.Channels c -> c.recording().demodulationFrequencyHz() == 0;
            case Content.Transform c -> false;
            case Content.Regions c -> false;
            case Content.Program c -> false;
            default -> true;
        };
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        Content written = stored(target, content);
        SampleType type = type(written);
        List<Long> shape = shape(written);
        byte[] json = (FileInfo.json(written) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.writeAll(
                List.of(
                        new AtomicFile.Entry(target, out -> {
                            out.write(NpyHeader.write(type, shape));
                            values(out, written, type);
                        }),
                        new AtomicFile.Entry(Path.of(target + Sidecar.SUFFIX), out -> out.write(json))),
                options.existing());
        return List.of();
    }

    /** The content as it will stand in the file, whose description names that file and its type. */
    static Content stored(Path target, Content content) {
        Origin o = content.origin();
        Origin origin =
                new Origin(target.toString(), NpyFormat.NAME, type(content).label(), o.metadata(), o.warnings());
        return content.withOrigin(origin);
    }

    static SampleType type(Content content) {
        return switch (content) {
            // Samples that were stored as int16 are whole numbers of that range, and go back to it.
            case Content.Channels c ->
                c.origin().dtype().equals(SampleType.INT16.label()) ? SampleType.INT16 : SampleType.FLOAT32;
            case Content.Iq c -> SampleType.COMPLEX64;
            case Content.Doppler c -> SampleType.FLOAT32;
            case Content.Series c -> SampleType.FLOAT64;
            case Content.Array c -> c.array().type();
            case Content.Transform c -> throw unheld(content);
            case Content.Regions c -> throw unheld(content);
            case Content.Program c -> throw unheld(content);
        };
    }

    static List<Long> shape(Content content) {
        return ((List<?>) FileInfo.of(content).get("shape"))
                .stream().map(n -> ((Number) n).longValue()).toList();
    }

    static void values(OutputStream out, Content content, SampleType type) throws IOException {
        switch (content) {
            case Content.Channels c -> ChannelBytes.write(out, c.recording(), type);
            case Content.Iq c -> iq(out, c.recording());
            case Content.Doppler c -> floats(out, c.map().toArray());
            case Content.Series c -> SeriesBytes.write(out, c.series());
            case Content.Array c -> array(out, c.array());
            case Content.Transform c -> throw unheld(content);
            case Content.Regions c -> throw unheld(content);
            case Content.Program c -> throw unheld(content);
        }
    }

    private static IllegalArgumentException unheld(Content content) {
        return new IllegalArgumentException("a .npy cannot hold " + content.kind() + "; ask holds() first");
    }

    private static void iq(OutputStream out, IqRecording all) throws IOException {
        int block = all.framesPerBlock();
        for (int first = 0; first < all.frames(); first += block) {
            IqEnsemble ensemble = all.read(first, Math.min(block, all.frames() - first));
            for (int f = 0; f < ensemble.frames(); f++) {
                floats(out, ensemble.copyFrame(f));
            }
        }
    }

    private static void floats(OutputStream out, float[] values) throws IOException {
        byte[] raw = new byte[BLOCK_VALUES * Float.BYTES];
        ByteBuffer bytes = littleEndian(raw);
        for (int i = 0; i < values.length; i += BLOCK_VALUES) {
            int n = Math.min(BLOCK_VALUES, values.length - i);
            bytes.clear().asFloatBuffer().put(values, i, n);
            out.write(raw, 0, n * Float.BYTES);
        }
    }

    private static void array(OutputStream out, StoredArray array) throws IOException {
        for (long i = 0; i < array.size(); i += BLOCK_VALUES) {
            out.write(array.littleEndian(i, (int) Math.min(BLOCK_VALUES, array.size() - i)));
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
