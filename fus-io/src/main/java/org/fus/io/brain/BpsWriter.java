package org.fus.io.brain;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.geometry.Frame;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.Extension;
import org.fus.io.internal.bytes.LittleEndianBytes;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.AtomicFile;

/** Writes {@code .bps}: HDF5, which every reader knows, or binary. Metadata stand in an {@link Extension}. */
public sealed class BpsWriter implements ContentWriter permits BpsWriter.Binary {
    /** Makes the writer of HDF5. */
    public BpsWriter() {}

    /** Writes the binary form. */
    public static final class Binary extends BpsWriter {
        /** Makes the writer. */
        public Binary() {}

        @Override
        public String name() {
            return BpsFormat.BINARY;
        }

        @Override
        AtomicFile.Body body(Content.Transform content, String extension) {
            LittleEndianBytes out = new LittleEndianBytes();
            out.raw(BpsFormat.CODE.getBytes(StandardCharsets.US_ASCII));
            out.i64(BpsFormat.VERSION);
            for (double v : content.matrix().toRowMajor()) {
                out.f64(v);
            }
            BinaryExtension.write(out, extension);
            return stream -> stream.write(out.toBytes());
        }
    }

    @Override
    public String name() {
        return BpsFormat.HDF5;
    }

    @Override
    public List<String> extensions() {
        return List.of(".bps");
    }

    @Override
    public String holding() {
        return "the map from BRAIN to LAB coordinates";
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Transform t && t.from() == Frame.BRAIN && t.to() == Frame.LAB;
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        Map<String, Object> difference = Extension.difference(content.origin().metadata(), Map.of());
        AtomicFile.write(target, options.existing(), body((Content.Transform) content, Extension.json(difference)));
        return Extension.report(difference);
    }

    AtomicFile.Body body(Content.Transform content, String extension) {
        HdfGroup root = new HdfGroup();
        root.doubles(BpsFormat.MATRIX, content.matrix().toRowMajor(), 4, 4);
        if (!extension.isEmpty()) {
            root.text(BpsFormat.EXTENSION, extension);
        }
        return root::writeTo;
    }
}
