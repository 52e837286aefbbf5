package org.fus.io.raw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.info.Extension;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.ByteSource;

/**
 * Reads beamformed IQ: {@code NAME.raw} (complex64) with its header {@code NAME.hraw} next to it; either may be opened. The
 * legacy layout has 117 bytes before the values. Frames are read by block; blocks that the header announces and the file does
 * not hold in full, as after a recording that was cut, are left out with a warning.
 */
public final class RawIqFormat implements FileFormat {
    static final String NAME = "Iconeus beamformed IQ";
    static final String VALUES = ".raw";
    static final String HEADER = ".hraw";
    static final int LEGACY_BYTES = 117;

    /** Makes the reader. */
    public RawIqFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(VALUES, HEADER);
    }

    @Override
    public boolean recognises(FileHead head) {
        if (head.hasNode("F9") && head.hasNode("F11")) {
            return true;
        }
        return head.hasExtension(VALUES)
                && !head.hasExtension(HEADER)
                && beside(head.source(), VALUES, HEADER).isPresent();
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        boolean isHeader = Hdf.hasSignature(source);
        ByteSource header = isHeader ? source : other(source, VALUES, HEADER);
        ByteSource values = isHeader ? other(source, HEADER, VALUES) : source;
        IqHeader h = IqHeader.read(Hdf.open(header));
        List<String> warnings = new ArrayList<>();
        RawIq recording = recording(values, header.name(), h);
        int[] dims = h.dims(header.name());
        int blocks = recording.frames() / recording.framesPerBlock();
        if (blocks < dims[5]) {
            warnings.add("the header announces " + dims[5] + " blocks, the file holds " + blocks
                    + "; what follows is missing");
        }
        if (dims[3] > 1) {
            warnings.add("frames are not compounded: each of the " + dims[3] + " transmits is a frame of its own");
        }
        Map<String, Object> metadata = Extension.apply(header.name(), h.metadata(), h.extension());
        return new Content.Iq(
                new Origin(source.name(), NAME, SampleType.COMPLEX64.label(), metadata, warnings), recording);
    }

    /** The frames of the complete blocks. */
    static RawIq recording(ByteSource values, String header, IqHeader h) {
        try {
            int[] dims = h.dims(header);
            long offset = h.isLegacy() ? LEGACY_BYTES : 0;
            long block = 2L * Float.BYTES;
            for (int i = 0; i < 5; i++) {
                block = Math.multiplyExact(block, (long) dims[i]);
            }
            int blocks = (int) Math.min(dims[5], Math.max(0, values.size() - offset) / block);
            if (blocks == 0) {
                throw new FusFormatException(
                        values.name(),
                        "byte " + offset,
                        "the file is too short (expected " + dims[5] + " blocks of " + block + " bytes, got "
                                + values.size() + " bytes in all); it may be truncated: copy it again");
            }
            int perBlock = Math.multiplyExact(dims[3], dims[4]);
            return new RawIq(
                    values,
                    offset,
                    Exact.grid(header, h.grid(header), h.extension()),
                    Exact.timing(header, h.timing(header), h.extension()),
                    perBlock,
                    Math.multiplyExact(blocks, perBlock),
                    Extension.provenance(header, h.extension()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(header, "header", String.valueOf(e.getMessage()), e);
        }
    }

    private static ByteSource other(ByteSource source, String from, String to) {
        return beside(source, from, to)
                .orElseThrow(() -> new FusFormatException(
                        source.name(),
                        "files",
                        "expected the file of the same name with " + to + " next to it, got none; copy both together"));
    }

    private static Optional<ByteSource> beside(ByteSource source, String from, String to) {
        String name = source.fileName();
        if (!name.toLowerCase(Locale.ROOT).endsWith(from)) {
            return Optional.empty();
        }
        String stem = name.substring(0, name.length() - from.length());
        return source.folder().flatMap(f -> f.file(stem + to));
    }
}
