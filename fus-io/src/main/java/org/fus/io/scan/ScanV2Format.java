package org.fus.io.scan;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.ArraySeries;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.info.Extension;
import org.fus.io.source.ByteSource;

/**
 * Reads {@code .scan} version 2. The header is read at once, voxels block by block as they are used. An entry of the sixth
 * dimension is an {@code extra} of the series.
 */
public final class ScanV2Format implements FileFormat {
    static final String NAME = "Iconeus scan v2";

    /** Makes the reader. */
    public ScanV2Format() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".scan");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.startsWith("scan");
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        ScanHeader header = ScanHeader.read(source);
        FusSeries.Shape shape = header.shape();
        StoredArray voxels = new StoredArray(
                SampleType.FLOAT64, List.of(shape.size()), ByteOrder.LITTLE_ENDIAN, source, header.dataOffset());
        try {
            Origin origin = new Origin(source.name(), NAME, SampleType.FLOAT64.label(), Map.of(), header.warnings());
            FusSeries series =
                    Extension.apply(source.name(), series(header, new ArraySeries(shape, voxels)), header.extension());
            return ScanJournal.recorded(source, header, new Content.Series(origin, series));
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(source.name(), "header", String.valueOf(e.getMessage()), e);
        }
    }

    /** What the vendor's fields say. */
    static FusSeries series(ScanHeader header, FusSeries.Store voxels) {
        // The file's Fortran order of (x, y, z, t, pose, dim6) is the row-major order of the axes of a series.
        return FusSeries.of(
                header.shape(), header.geometry(), header.times(), header.metadata(), Provenance.none(), voxels);
    }
}
