package org.fus.io.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.FusSeries;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.SeriesBytes;
import org.fus.io.content.WriteOptions;
import org.fus.io.source.AtomicFile;

/**
 * Writes a series as {@code .scan} version 2. Fields come from the metadata of the series under the names of
 * {@link ScanMetadata}; what is not there becomes 0, an empty text, or the first name of a code list, save for: mode, from
 * the shape; {@code dtS}, the mean time step; near and far depth, from the geometry; measured times, those of the volumes;
 * theoretical indices, 0, 1, 2, ...; {@code dim6}, static SVD with cut-offs 0. Bytes whose meaning is not known are 0.
 *
 * <p>The format has no place for a lateral or elevation offset between image and probe: one above a nanometre moves into
 * {@code probeToLab}, which leaves every voxel where it is in the laboratory, and is reported.
 */
public final class ScanV2Writer implements ContentWriter {
    /** Makes the writer. */
    public ScanV2Writer() {}

    @Override
    public String name() {
        return ScanV2Format.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".scan");
    }

    @Override
    public String holding() {
        return "a series of power Doppler volumes";
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Series;
    }

    /** The bytes before the voxels. */
    static byte[] header(Path target, FusSeries series) {
        ScanFields fields = new ScanFields(target.toString(), series.metadata());
        ScanGeometry geometry = ScanGeometry.of(target.toString(), series.shape(), series.geometry(), fields);
        return ScanHeaderWriter.write(series, geometry, fields);
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        FusSeries series = ((Content.Series) content).series();
        ScanFields fields = new ScanFields(target.toString(), series.metadata());
        ScanGeometry geometry = ScanGeometry.of(target.toString(), series.shape(), series.geometry(), fields);
        byte[] header = ScanHeaderWriter.write(series, geometry, fields);
        AtomicFile.write(target, options.existing(), out -> {
            out.write(header);
            SeriesBytes.write(out, series);
        });
        List<String> lost = new ArrayList<>(geometry.warnings());
        if (!fields.unused().isEmpty()) {
            lost.add("metadata without a place in the format was left out: " + fields.unused());
        }
        if (!series.provenance().steps().isEmpty()) {
            lost.add("the provenance of the series has no place in the format and was left out");
        }
        return lost;
    }
}
