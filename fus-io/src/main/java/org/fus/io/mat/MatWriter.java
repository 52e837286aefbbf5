package org.fus.io.mat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
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
import org.fus.io.source.AtomicFile;
import org.fus.io.source.MemorySource;

/**
 * Writes MATLAB files of version 5, not compressed, which every MATLAB and Octave reads: a series as the structure
 * {@code Acquisition} of the legacy {@code .acq} (x, y, z, time, then pose and extra), flat IQ images in the variables of
 * PALA, an array as {@code values} with its axes in reverse. The text {@code fus_sdk} holds the description as JSON, which
 * {@code jsondecode} reads.
 */
public final class MatWriter implements ContentWriter {
    /** The variable that holds the description. */
    static final String DESCRIPTION = "fus_sdk";

    private static final int HEADER_TEXT_BYTES = 124;
    private static final int BLOCK_VALUES = 1 << 16;

    /** Makes the writer. */
    public MatWriter() {}

    @Override
    public String name() {
        return MatFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return MatFormat.EXTENSIONS;
    }

    @Override
    public String holding() {
        return "a series, IQ images of one slice on a Cartesian grid, or an array other than of float16";
    }

    @Override
    public boolean holds(Content content) {
        return switch (content) {
            case Content.Series _ -> true;
            case Content.Iq c -> c.recording().grid() instanceof PixelGrid g && g.ny() == 1;
            case Content.Array c -> c.array().type() != SampleType.FLOAT16;
            default -> false;
        };
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        Map<String, Mat5Element> variables = new LinkedHashMap<>();
        SampleType type;
        switch (content) {
            case Content.Series c -> {
                type = SampleType.FLOAT64;
                variables.put(AcquisitionLayout.VARIABLE, acquisition(c.series()));
            }
            case Content.Iq c -> {
                type = SampleType.COMPLEX64;
                pala(variables, c.recording());
            }
            case Content.Array c -> {
                type = c.array().type();
                variables.put(OwnArray.VARIABLE, array(c.array()));
            }
            default -> throw new IllegalStateException("the writer said that it does not hold this content");
        }
        Origin o = content.origin();
        Origin origin = new Origin(target.toString(), MatFormat.NAME, type.label(), o.metadata(), o.warnings());
        variables.put(DESCRIPTION, new Mat5Element.Text(FileInfo.json(content.withOrigin(origin))));
        variables.forEach((name, v) -> requireSize(target, name, v));
        AtomicFile.write(target, options.existing(), out -> {
            out.write(header());
            for (Map.Entry<String, Mat5Element> v : variables.entrySet()) {
                v.getValue().write(out, v.getKey());
            }
        });
        return List.of();
    }

    /** The description that a file of this library holds. */
    static Optional<Sidecar> description(MatFile file) {
        return switch (file.value(DESCRIPTION)) {
            case MatValue.Text(String json) ->
                Optional.of(Sidecar.read(MemorySource.wrap(
                        file.name() + ": variable " + DESCRIPTION, json.getBytes(StandardCharsets.UTF_8))));
            case null -> Optional.empty();
            case MatValue other ->
                throw new FusFormatException(
                        file.name(), "variable " + DESCRIPTION, "expected a text, got " + MatValue.describe(other));
        };
    }

    private static Mat5Element acquisition(FusSeries series) {
        FusSeries.Shape s = series.shape();
        List<Long> dims = new ArrayList<>(List.of((long) s.nx(), (long) s.ny(), (long) s.nz(), (long) s.times()));
        if (s.poses() > 1 || s.extras() > 1) {
            dims.add((long) s.poses());
        }
        if (s.extras() > 1) {
            dims.add((long) s.extras());
        }
        Map<String, Mat5Element> fields = new LinkedHashMap<>();
        fields.put(
                "Data",
                new Mat5Element.Numbers(SampleType.FLOAT64, dims, List.of(out -> SeriesBytes.write(out, series))));
        fields.put(
                "T",
                Mat5Element.row(
                        series.times().timesS().stream().mapToDouble(t -> t).toArray()));
        return new Mat5Element.Struct(fields);
    }

    private static void pala(Map<String, Mat5Element> variables, IqRecording recording) {
        PixelGrid g = (PixelGrid) recording.grid();
        IqEnsemble.Timing timing = recording.timing();
        double wavelengthM = timing.soundSpeedMPerS() / timing.centerFrequencyHz();
        variables.put(
                PalaLayout.DATA,
                new Mat5Element.Numbers(
                        SampleType.COMPLEX64,
                        List.of((long) g.nz(), (long) g.nx(), (long) recording.frames()),
                        List.of(out -> images(out, recording, 0), out -> images(out, recording, 1))));
        variables.put(
                PalaLayout.UF,
                new Mat5Element.Struct(ordered(
                        "TwFreq", Mat5Element.row(timing.centerFrequencyHz() * 1e-6),
                        "FrameRateUF", Mat5Element.row(timing.frameRateHz()))));
        variables.put(
                PalaLayout.PDATA,
                new Mat5Element.Struct(ordered(
                        "PDelta", Mat5Element.row(g.dxM() / wavelengthM, 0, g.dzM() / wavelengthM),
                        "Size", Mat5Element.row(g.nz(), g.nx(), 1),
                        "Origin",
                                Mat5Element.row(g.x0M() / wavelengthM, g.y0M() / wavelengthM, g.z0M() / wavelengthM))));
    }

    private static Map<String, Mat5Element> ordered(Object... namesAndValues) {
        Map<String, Mat5Element> out = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.put((String) namesAndValues[i], (Mat5Element) namesAndValues[i + 1]);
        }
        return out;
    }

    /** One part of all frames, z fastest. */
    private static void images(OutputStream out, IqRecording recording, int part) throws IOException {
        int nx = recording.grid().nx();
        int nz = recording.grid().nz();
        int block = recording.framesPerBlock();
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(nx * nz, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int first = 0; first < recording.frames(); first += block) {
            IqEnsemble ensemble = recording.read(first, Math.min(block, recording.frames() - first));
            for (int f = 0; f < ensemble.frames(); f++) {
                float[] zx = ensemble.copyFrame(f);
                bytes.clear();
                for (int x = 0; x < nx; x++) {
                    for (int z = 0; z < nz; z++) {
                        bytes.putFloat(zx[2 * (z * nx + x) + part]);
                    }
                }
                out.write(bytes.array());
            }
        }
    }

    private static Mat5Element array(StoredArray array) {
        SampleType type = array.type();
        List<AtomicFile.Body> parts = IntStream.range(0, type.parts())
                .<AtomicFile.Body>mapToObj(p -> out -> values(out, array, p))
                .toList();
        return new Mat5Element.Numbers(type, OwnArray.padded(array.shape()).reversed(), parts);
    }

    private static void values(OutputStream out, StoredArray array, int part) throws IOException {
        int size = array.type().partBytes();
        int parts = array.type().parts();
        for (long i = 0; i < array.size(); i += BLOCK_VALUES) {
            byte[] all = array.littleEndian(i, (int) Math.min(BLOCK_VALUES, array.size() - i));
            byte[] one = parts == 1 ? all : new byte[all.length / parts];
            for (int to = 0; parts > 1 && to < one.length; to += size) {
                System.arraycopy(all, to * parts + part * size, one, to, size);
            }
            out.write(one);
        }
    }

    /** Text, version 1.0, and the mark of the byte order. */
    private static byte[] header() {
        byte[] header = new byte[HEADER_TEXT_BYTES + 4];
        Arrays.fill(header, 0, HEADER_TEXT_BYTES - 8, (byte) ' ');
        byte[] text = (MatFile.TEXT_5 + ", Platform: any, Created by: fUS SDK").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 0, text.length);
        header[HEADER_TEXT_BYTES + 1] = 1;
        header[HEADER_TEXT_BYTES + 2] = 'I';
        header[HEADER_TEXT_BYTES + 3] = 'M';
        return header;
    }

    private static void requireSize(Path target, String name, Mat5Element variable) {
        long bytes;
        try {
            bytes = variable.bytes(name);
        } catch (ArithmeticException e) {
            bytes = Long.MAX_VALUE;
        }
        if (bytes > Mat5Element.MAX_BYTES) {
            throw new FusUnsupportedException(target + ": variable " + name + " needs " + bytes
                    + " bytes (expected at most " + Mat5Element.MAX_BYTES
                    + ", the limit of MATLAB version 5); choose .nii, .npy or .scan, or write a part");
        }
    }
}
