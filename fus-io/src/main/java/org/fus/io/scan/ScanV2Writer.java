package org.fus.io.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.SeriesBytes;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.Extension;
import org.fus.io.internal.bytes.HeadSource;
import org.fus.io.source.AtomicFile;

/**
 * Writes a series as {@code .scan} version 2. Fields come from the metadata of the series under the names of
 * {@link ScanMetadata}; what is not there becomes 0, an empty text, or the first name of a code list, save for: mode, from
 * the shape; {@code dtS}, the mean time step; near and far depth, from the geometry; measured times, those of the volumes;
 * theoretical indices, 0, 1, 2, ...; {@code dim6}, static SVD with cut-offs 0. Bytes whose meaning is not known
 * are those of {@code unknownBytes}, or 0.
 *
 * <p>The format has no place for a lateral or elevation offset between image and probe: one above a nanometre moves into
 * {@code probeToLab}, which leaves every voxel where it is in the laboratory. What has no place stands as
 * {@link Extension} behind the fields: {@code FUSX}, a length in four bytes, the document; other readers go to the voxels by
 * their offset.
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
        return Header.of(target, series).bytes();
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        FusSeries series = ((Content.Series) content).series();
        Header header = Header.of(target, series);
        AtomicFile.write(target, options.existing(), out -> {
            out.write(header.bytes());
            SeriesBytes.write(out, series);
        });
        return Extension.report(header.difference());
    }

    /**
     * What stands before the voxels.
     *
     * @param bytes the vendor's fields and the extension
     * @param difference what the vendor's fields do not hold
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Header(byte[] bytes, Map<String, Object> difference) {
        static Header of(Path target, FusSeries series) {
            String name = target.toString();
            ScanFields fields = new ScanFields(name, series.metadata());
            ScanGeometry geometry = ScanGeometry.of(name, series.shape(), series.geometry(), fields);
            byte[] plain = ScanHeaderWriter.write(series, geometry, fields, "");
            ScanHeader head =
                    ScanHeader.read(new HeadSource(name, plain, series.shape().size() * Double.BYTES));
            Map<String, Object> difference = Extension.difference(
                    series, ScanV2Format.series(head, (extra, pose, first, count) -> new double[0]));
            return new Header(ScanHeaderWriter.write(series, geometry, fields, Extension.json(difference)), difference);
        }
    }
}
