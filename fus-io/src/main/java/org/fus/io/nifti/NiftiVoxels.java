package org.fus.io.nifti;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteSource;
import org.fus.io.source.GunzipSource;

/** The voxels of an image with their header, in the axis order of the SDK. */
final class NiftiVoxels {
    /** Places agree when they differ by less than this part of a voxel; single precision leaves 1e-6 of it. */
    private static final double SAME_VOXELS = 1e-4;

    /** Offsets of single precision are rounded to this part of their value. */
    private static final double SAME_OFFSET = 1e-6;

    /** Unpacked bytes behind the voxels that are read to reach the checksum. */
    private static final long TRAILER_BYTES = 1 << 20;

    private final NiftiHeader header;
    private final StoredArray array;
    private final GunzipSource packed;
    private final List<NiftiExtension> extensions;
    private final List<String> warnings = new ArrayList<>();

    private NiftiVoxels(NiftiHeader header, ByteSource body, GunzipSource packed) {
        this.header = header;
        this.packed = packed;
        this.extensions = header.extensions(body);
        this.array =
                new StoredArray(header.type(), header.dims().reversed(), header.order(), body, header.voxelOffset());
        if (header.metresPerUnit() == 0) {
            warnings.add("the header states no unit of length; millimetres are assumed");
        }
    }

    static NiftiVoxels open(ByteSource source) {
        boolean gzip = GunzipSource.isGzip(source.head(3));
        GunzipSource packed = gzip ? GunzipSource.of(source) : null;
        ByteSource body = gzip ? packed : source;
        return new NiftiVoxels(NiftiHeader.read(body, gzip), body, packed);
    }

    NiftiHeader header() {
        return header;
    }

    /** All values in the order of the file, its last axis first. */
    StoredArray array() {
        return array;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Fields and extensions of the header that have no other home. */
    Map<String, Object> headerMetadata() {
        Map<String, Object> out = new LinkedHashMap<>();
        Map<String, Object> others = header.others();
        if (!others.isEmpty()) {
            out.put(SidecarFields.HEADER, others);
        }
        if (!extensions.isEmpty()) {
            out.put(
                    SidecarFields.EXTENSIONS,
                    extensions.stream().map(NiftiExtension::plain).toList());
        }
        return out;
    }

    /**
     * The shape of a series.
     *
     * @param poses whether axis 5 counts poses; axes without a meaning are folded into extra
     */
    FusSeries.Shape shape(boolean poses) {
        long extras = header.dim(5) * header.dim(6) * (poses ? 1 : header.dim(4));
        return new FusSeries.Shape(
                Math.toIntExact(extras),
                poses ? Math.toIntExact(header.dim(4)) : 1,
                Math.toIntExact(header.dim(3)),
                Math.toIntExact(header.dim(1)),
                Math.toIntExact(header.dim(2)),
                Math.toIntExact(header.dim(0)));
    }

    /** {@code [frame][z][y][x]} or {@code [z][y][x]}; empty when the image has more axes. */
    List<Long> rowMajorShape(int axes) {
        if (header.dims().stream().skip(axes).anyMatch(n -> n != 1)) {
            return List.of();
        }
        List<Long> zyx = List.of(header.dim(1), header.dim(2), header.dim(0));
        List<Long> out = new ArrayList<>(axes == 4 ? List.of(header.dim(3)) : List.of());
        out.addAll(zyx);
        return out;
    }

    Affine3 voxelsToProbe() {
        double unit = header.metresPerUnit() == 0 ? 1e-3 : header.metresPerUnit();
        Affine3 image;
        if (header.number(NiftiField.SFORM_CODE) > 0) {
            image = NiftiAffine.sform(header);
        } else if (header.number(NiftiField.QFORM_CODE) > 0) {
            image = NiftiAffine.qform(header);
        } else {
            image = Affine3.scale(
                    header.finite(NiftiField.PIXDIM, 1),
                    header.finite(NiftiField.PIXDIM, 2),
                    header.finite(NiftiField.PIXDIM, 3));
        }
        for (int c = 0; c < 3; c++) {
            if (!(NiftiAffine.columnLength(image, c) > 0)) {
                throw header.failure(
                        NiftiField.PIXDIM,
                        "axis " + (c + 1) + " has voxels of size 0, expected a positive size; " + "correct the header");
            }
        }
        return NiftiAffine.voxelsToProbe(image, unit);
    }

    /** Whether the voxels are where a map of double precision says. */
    boolean isAt(Affine3 expected) {
        Affine3 got = voxelsToProbe();
        double turned = SAME_VOXELS + 2 * NiftiAffine.quaternionError(header);
        for (int i = 0; i < 12; i++) {
            int column = i % 4;
            double e = expected.at(i / 4, column);
            // A step along an axis is as exact as that axis, however fine the others are.
            double tolerance = column < 3
                    ? turned * NiftiAffine.columnLength(expected, column)
                    : SAME_VOXELS * smallestVoxel(expected) + SAME_OFFSET * Math.abs(e);
            if (!(Math.abs(got.at(i / 4, column) - e) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    private static double smallestVoxel(Affine3 a) {
        return Math.min(
                NiftiAffine.columnLength(a, 0),
                Math.min(NiftiAffine.columnLength(a, 1), NiftiAffine.columnLength(a, 2)));
    }

    /** Volumes as they are used. */
    FusSeries.Store store(FusSeries.Shape s) {
        long volumes = (long) s.extras() * s.poses() * s.times();
        double slope = header.scaled() ? header.number(NiftiField.SCL_SLOPE) : 1;
        double inter = header.scaled() ? header.number(NiftiField.SCL_INTER) : 0;
        return (extra, pose, firstTime, count) -> {
            long first = ((long) extra * s.poses() + pose) * s.times() + firstTime;
            double[] values = array.doubles(first * s.voxels(), Math.toIntExact(count * s.voxels()));
            if (header.scaled()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = values[i] * slope + inter;
                }
            }
            verifyAfter(first + count, volumes);
            return VolumeOrder.yzxToZyx(values, s.nz(), s.ny(), s.nx());
        };
    }

    /** One volume {@code [z][y][x]} in single precision, complex values as (re, im). */
    float[] floats(int volume) {
        int nx = Math.toIntExact(header.dim(0));
        int nz = Math.toIntExact(header.dim(1));
        int ny = Math.toIntExact(header.dim(2));
        long size = Math.multiplyExact((long) nx * nz, (long) ny);
        float[] values = array.floats(volume * size, Math.toIntExact(size));
        verifyAfter(volume + 1L, header.dim(3));
        return VolumeOrder.yzxToZyx(values, nz, ny, nx * header.type().parts());
    }

    /** Verifies the checksum of a packed file once its last volume has been read. */
    private void verifyAfter(long volumesRead, long volumes) {
        if (packed != null && volumesRead == volumes && packed.finish(TRAILER_BYTES) == TRAILER_BYTES) {
            throw new FusFormatException(
                    packed.name(),
                    "end of the voxels",
                    "more than " + TRAILER_BYTES + " bytes follow; the header does not fit the file");
        }
    }
}
