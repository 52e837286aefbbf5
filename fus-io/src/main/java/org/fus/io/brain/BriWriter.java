package org.fus.io.brain;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.geometry.Frame;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.SurfaceRegion;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.Extension;
import org.fus.io.internal.bytes.LittleEndianBytes;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.AtomicFile;

/** Writes {@code .bri}: HDF5 or binary. Metadata stand in an {@link Extension}. */
public sealed class BriWriter implements ContentWriter permits BriWriter.Binary {
    private static final double COLOR_STEPS = 255;

    /** Makes the writer of HDF5. */
    public BriWriter() {}

    /** Writes the binary form, whose colours are rounded to single precision. */
    public static final class Binary extends BriWriter {
        /** Makes the writer. */
        public Binary() {}

        @Override
        public String name() {
            return BriFormat.BINARY;
        }

        @Override
        AtomicFile.Body body(Content.Regions content, String extension) {
            LittleEndianBytes out = new LittleEndianBytes();
            out.raw(BriFormat.CODE.getBytes(StandardCharsets.US_ASCII));
            out.i64(BriFormat.VERSION);
            out.u32(content.regions().size());
            for (SurfaceRegion r : content.regions()) {
                out.u32(r.vertexCount());
                for (double v : r.vertices()) {
                    out.f64(v);
                }
                out.u32(r.faceCount());
                for (int face : r.faces()) {
                    out.u32(face);
                }
                out.f32(r.color().red());
                out.f32(r.color().green());
                out.f32(r.color().blue());
                out.str32(r.label());
            }
            BinaryExtension.write(out, extension);
            return stream -> stream.write(out.toBytes());
        }
    }

    @Override
    public String name() {
        return BriFormat.HDF5;
    }

    @Override
    public List<String> extensions() {
        return List.of(".bri");
    }

    @Override
    public String holding() {
        return "regions as surfaces in BRAIN coordinates";
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Regions r && r.frame() == Frame.BRAIN;
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        Map<String, Object> difference = Extension.difference(content.origin().metadata(), Map.of());
        AtomicFile.write(target, options.existing(), body((Content.Regions) content, Extension.json(difference)));
        return Extension.report(difference);
    }

    AtomicFile.Body body(Content.Regions content, String extension) {
        HdfGroup root = new HdfGroup();
        HdfGroup all = root.group(BriFormat.GROUP);
        // Readers order regions by the names of their groups.
        int digits = Integer.toString(content.regions().size()).length();
        for (int i = 0; i < content.regions().size(); i++) {
            SurfaceRegion r = content.regions().get(i);
            HdfGroup group = all.group("roi_" + String.format(java.util.Locale.ROOT, "%0" + digits + "d", i + 1));
            group.text("label", r.label());
            group.doubles(
                    "color",
                    new double[] {
                        COLOR_STEPS * r.color().red(),
                        COLOR_STEPS * r.color().green(),
                        COLOR_STEPS * r.color().blue()
                    },
                    1,
                    3);
            group.doubles("vertices", r.vertices(), r.vertexCount(), 3);
            double[] faces = new double[3 * r.faceCount()];
            int[] zeroBased = r.faces();
            for (int f = 0; f < faces.length; f++) {
                faces[f] = zeroBased[f] + 1.0;
            }
            group.doubles("faces", faces, r.faceCount(), 3);
        }
        if (!extension.isEmpty()) {
            root.text(BpsFormat.EXTENSION, extension);
        }
        return root::writeTo;
    }
}
