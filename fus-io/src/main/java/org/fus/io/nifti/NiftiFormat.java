package org.fus.io.nifti;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.frames.LoadedImages;
import org.fus.io.source.ByteSource;
import org.fus.io.source.GunzipSource;

/**
 * Reads images of NIfTI-1 and NIfTI-2 in one file, plain or packed with gzip, with the fUSI-BIDS sidecar next to them. The
 * header is read at once, volumes as they are used; a packed file is unpacked as it is read and never as a whole.
 *
 * <p>Geometry: the sform where there is one, otherwise the qform, otherwise the voxel size alone. A sidecar that the SDK
 * wrote holds the same in double precision; it is believed as long as it agrees with the header.
 *
 * <p>Times: onset and duration of the sidecar become the end of each volume's integration.
 */
public final class NiftiFormat implements FileFormat {
    static final String NAME = "NIfTI";

    /** Makes the reader. */
    public NiftiFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".nii", ".nii.gz");
    }

    @Override
    public boolean recognises(FileHead head) {
        byte[] bytes = head.bytes();
        return NiftiHeader.recognises(bytes) || (GunzipSource.isGzip(bytes) && head.hasExtension(".nii.gz"));
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        return open(source, BidsSidecars.of(source).map(BidsSidecars::read).orElse(Map.of()));
    }

    /**
     * Opens an image with a sidecar that was put together from several, as the inheritance of BIDS asks for.
     *
     * @param source the image
     * @param fields names and values of the sidecar
     * @return its content
     */
    public Content open(ByteSource source, Map<String, Object> fields) {
        NiftiVoxels voxels = NiftiVoxels.open(source);
        try {
            return content(source, voxels, fields);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(
                    source.name(), "header", e.getMessage() + "; the file may be damaged: copy it again", e);
        }
    }

    private static Content content(ByteSource source, NiftiVoxels voxels, Map<String, Object> fields) {
        List<String> warnings = new ArrayList<>(voxels.warnings());
        if (fields.get(BidsSidecars.DESCRIPTION) instanceof Map<?, ?> own) {
            Sidecar description = Sidecar.of(source.name() + ": sidecar, " + BidsSidecars.DESCRIPTION, own);
            if (fits(description, voxels)) {
                warnings.addAll(description.warnings());
                return described(source, voxels, fields, description, warnings);
            }
            warnings.add("the description " + BidsSidecars.DESCRIPTION + " in the sidecar does not fit the image, which"
                    + " other software may have changed, and was ignored");
        }
        if (voxels.header().type().parts() != 1) {
            warnings.add("complex values without a description that the SDK wrote: read as a bare array");
            Origin origin = origin(source, voxels, voxels.headerMetadata(), warnings);
            return new Content.Array(origin, voxels.array());
        }
        return plainSeries(source, voxels, fields, warnings);
    }

    /** Whether a description is that of this image: same lengths, and the same places within single precision. */
    private static boolean fits(Sidecar description, NiftiVoxels voxels) {
        List<Long> shape = description.shape();
        return switch (description.kind()) {
            case "series" -> {
                FusSeries.Shape s = description.seriesShape();
                yield s.equals(voxels.shape(true)) && voxels.isAt(description.voxelsToProbe());
            }
            case "iq" ->
                shape.equals(voxels.rowMajorShape(4))
                        && voxels.header().type().parts() == 2
                        && voxels.isAt(description.voxelsToProbe());
            case "map" ->
                shape.equals(voxels.rowMajorShape(3))
                        && voxels.header().type().parts() == 1
                        && voxels.isAt(description.voxelsToProbe());
            case "array" -> shape.equals(voxels.array().shape());
            default -> false;
        };
    }

    private static Content described(
            ByteSource source,
            NiftiVoxels voxels,
            Map<String, Object> fields,
            Sidecar description,
            List<String> warnings) {
        Origin origin = origin(source, voxels, description.metadata(), warnings);
        return switch (description.kind()) {
            case "iq" -> {
                int frames = Math.toIntExact(voxels.header().dim(3));
                yield new Content.Iq(
                        origin,
                        new LoadedImages(
                                source.name(),
                                description.grid(),
                                description.timing(),
                                frames,
                                frames,
                                description.provenance(),
                                voxels::floats));
            }
            case "map" -> {
                float[] values = voxels.floats(0);
                yield new Content.Doppler(
                        origin,
                        DopplerFrame.wrap(
                                description.quantity(), description.grid(), values, description.provenance()));
            }
            case "array" -> new Content.Array(origin, voxels.array());
            default -> {
                FusSeries written = description.series(voxels.store(voxels.shape(true)));
                FusSeries series = FusSeries.of(
                        written.shape(),
                        written.geometry(),
                        written.times(),
                        SidecarFields.withEdits(written, fields),
                        written.provenance(),
                        written::read);
                yield new Content.Series(origin(source, voxels, Map.of(), warnings), series);
            }
        };
    }

    private static Content plainSeries(
            ByteSource source, NiftiVoxels voxels, Map<String, Object> stored, List<String> warnings) {
        Map<String, Object> fields = BidsNames.normalised(stored, warnings);
        boolean poses = SidecarFields.POSE.equals(fields.get(SidecarFields.DIM5));
        FusSeries.Shape shape = voxels.shape(poses);
        if (!poses && shape.extras() > 1) {
            warnings.add("axes 5 to 7 of the image, " + voxels.header().dims() + ", were read as one axis, extra");
        }
        Affine3 map = voxels.voxelsToProbe();
        NiftiHeader header = voxels.header();
        double unitS = header.secondsPerUnit() == 0 ? 1 : header.secondsPerUnit();
        double stepS = shape.times() > 1 ? header.finite(NiftiField.PIXDIM, 4) * unitS : 0;
        List<Double> ends =
                BidsTiming.endsS(fields, shape.times(), stepS, header.finite(NiftiField.TOFFSET, 0) * unitS, warnings);
        List<Double> sliceEnds = shape.poses() == 1 ? BidsTiming.sliceEndsS(fields, ends, shape.ny()) : List.of();
        Map<String, Object> metadata = new LinkedHashMap<>(SidecarFields.metadata(fields));
        metadata.putAll(voxels.headerMetadata());
        FusSeries series = FusSeries.of(
                shape,
                new FusSeries.Geometry(
                        NiftiAffine.columnLength(map, 0),
                        NiftiAffine.columnLength(map, 1),
                        NiftiAffine.columnLength(map, 2),
                        map,
                        SidecarFields.probeToLab(fields, shape.poses(), warnings)),
                new FusSeries.Times(ends, sliceEnds),
                metadata,
                Provenance.none(),
                voxels.store(shape));
        return new Content.Series(origin(source, voxels, Map.of(), warnings), series);
    }

    private static Origin origin(
            ByteSource source, NiftiVoxels voxels, Map<String, Object> metadata, List<String> warnings) {
        String type =
                voxels.header().scaled() ? "float64" : voxels.header().type().label();
        return new Origin(source.name(), NAME + "-" + voxels.header().version(), type, metadata, warnings);
    }
}
