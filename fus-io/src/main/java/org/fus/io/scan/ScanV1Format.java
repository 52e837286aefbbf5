package org.fus.io.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.info.Extension;
import org.fus.io.info.FileInfo;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.ByteSource;

/**
 * Reads {@code .scan} version 1 (HDF5): {@code 2Dscan}, {@code 3Dscan}, {@code 4Dscan}, {@code 4DscanCustom} and the native
 * volumes {@code 4DscanRCA} and {@code 3DscanRCA}. Poses of a stack are joined to one volume where they lie at equal steps of
 * 0.1 to 1 mm under one angle; a stack that does not is refused unless it is opened with its poses as stored. Probe and
 * sequence are not in the file: they are those that the vendor's reader fills in. Values are read chunk by chunk.
 */
public final class ScanV1Format implements FileFormat {
    static final String NAME = "Iconeus scan v1 (HDF5)";

    /** The data set that holds what has no place in the format. */
    static final String EXTENSION = "fusExtension";

    /** Makes the reader. */
    public ScanV1Format() {}

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
        return head.hasNode("acqMetaData");
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        ScanV1File file = new ScanV1File(Hdf.open(source));
        List<String> warnings = new ArrayList<>();
        try {
            FusSeries plain = ScanV1Series.of(file, options, warnings);
            String extension = file.hdf().text(EXTENSION, "");
            FusSeries series = ScanV1Series.isJoined(file, options)
                    ? Extension.applyMetadata(source.name(), plain, extension)
                    : Extension.apply(source.name(), plain, extension);
            Map<String, Object> filled = Map.of(FileInfo.NOT_STATED, filled(plain, series));
            return new Content.Series(new Origin(source.name(), NAME, file.dtype(), filled, warnings), series);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(source.name(), "acqMetaData", String.valueOf(e.getMessage()), e);
        }
    }

    /** The format has no probe and no sequence: what is not in an extension was filled in. */
    private static List<String> filled(FusSeries plain, FusSeries series) {
        Map<String, List<String>> figures = Map.of(
                "probe", List.of("probeName", "probeModel", "elements", "pitchMm", "probeFrequencyMHz"),
                "sequence", List.of("sequenceName", "transmitFrequencyMHz", "prfHz", "anglesDeg"));
        return figures.entrySet().stream()
                .filter(e -> e.getValue().stream()
                        .allMatch(n -> Objects.equals(
                                plain.metadata().get(n), series.metadata().get(n))))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
