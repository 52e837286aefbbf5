package org.fus.io.brain;

import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.info.Extension;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;

/**
 * Reads {@code .bps}, HDF5 and binary: the map from BRAIN to LAB coordinates of column vectors, metres on the side of the
 * laboratory. It shears and scales, so its inverse is {@link Affine3#inverse}, never a transpose.
 */
public final class BpsFormat implements FileFormat {
    static final String HDF5 = "Iconeus brain positioning (HDF5)";
    static final String BINARY = "Iconeus brain positioning (binary)";
    static final String CODE = "bps_";
    static final long VERSION = 1;
    static final String MATRIX = "BrainToLab";
    static final String EXTENSION = "fusExtension";

    /** Makes the reader. */
    public BpsFormat() {}

    @Override
    public String name() {
        return "Iconeus brain positioning";
    }

    @Override
    public List<String> extensions() {
        return List.of(".bps");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.startsWith(CODE) || head.hasNode(MATRIX);
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        boolean binary = new FileHead(source).startsWith(CODE);
        double[] values;
        String extension;
        if (binary) {
            Cursor in = new Cursor(source, source.size());
            in.skip(CODE.length(), "code");
            in.skip(Long.BYTES, "version");
            values = in.f64s(16, MATRIX);
            extension = BinaryExtension.read(in);
        } else {
            Hdf hdf = Hdf.open(source);
            values = hdf.numbers(MATRIX);
            extension = hdf.text(EXTENSION, "");
        }
        try {
            Map<String, Object> metadata = Extension.apply(source.name(), Map.of(), extension);
            return new Content.Transform(
                    new Origin(source.name(), binary ? BINARY : HDF5, SampleType.FLOAT64.label(), metadata, List.of()),
                    Frame.BRAIN,
                    Frame.LAB,
                    Affine3.ofRowMajor(values));
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(
                    source.name(), MATRIX, e.getMessage() + "; the file may be damaged: copy it again", e);
        }
    }
}
