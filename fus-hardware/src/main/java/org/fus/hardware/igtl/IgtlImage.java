package org.fus.hardware.igtl;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.Affine3;

/**
 * IMAGE: a picture or volume, or a part of one. Samples lie {@code [k][j][i][component]}, i fastest. Immutable.
 *
 * @param size pixels of the whole image
 * @param components values per pixel: 1, or 3 for colours
 * @param scalar type of a value
 * @param coordinates which way the axes of the frame point
 * @param voxelsToFrame from zero-based indices (i, j, k) to metres
 * @param part which pixels are here
 * @param pixels the values of the part
 */
public record IgtlImage(
        Size size,
        int components,
        Scalar scalar,
        Coordinates coordinates,
        Affine3 voxelsToFrame,
        Part part,
        IgtlPixels pixels)
        implements IgtlContent {
    static final String TYPE = "IMAGE";

    private static final int UINT16 = 0xffff;

    /** Types of values. */
    public enum Scalar {
        /** Signed 8 bits. */
        INT8(2, 1),
        /** Unsigned 8 bits. */
        UINT8(3, 1),
        /** Signed 16 bits. */
        INT16(4, 2),
        /** Unsigned 16 bits. */
        UINT16(5, 2),
        /** Signed 32 bits. */
        INT32(6, 4),
        /** Unsigned 32 bits. */
        UINT32(7, 4),
        /** IEEE 754, 32 bits. */
        FLOAT32(10, 4),
        /** IEEE 754, 64 bits. */
        FLOAT64(11, 8);

        private final int code;
        private final int bytes;

        Scalar(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        int code() {
            return code;
        }

        /**
         * Bytes of a value.
         *
         * @return 1, 2, 4 or 8
         */
        public int bytes() {
            return bytes;
        }
    }

    /** Which way the axes of a frame point. */
    public enum Coordinates {
        /** Right, anterior, superior. */
        RAS(1),
        /** Left, posterior, superior. */
        LPS(2);

        private final int code;

        Coordinates(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * Pixels along the axes, each 1 to 65535.
     *
     * @param ni along i
     * @param nj along j
     * @param nk along k
     */
    public record Size(int ni, int nj, int nk) {
        /** Checks the lengths. */
        public Size {
            if (!fits(ni) || !fits(nj) || !fits(nk)) {
                throw new IllegalArgumentException("image of " + ni + " x " + nj + " x " + nk
                        + " pixels (i, j, k): each number must be 1 to " + UINT16);
            }
        }

        private static boolean fits(int n) {
            return n >= 1 && n <= UINT16;
        }

        long pixels() {
            return (long) ni * nj * nk;
        }
    }

    /**
     * The pixels that a message holds.
     *
     * @param i first column, from 0
     * @param j first row, from 0
     * @param k first slice, from 0
     * @param size how many
     */
    public record Part(int i, int j, int k, Size size) {
        /** Checks the corner. */
        public Part {
            Objects.requireNonNull(size, "size");
            if (i < 0 || j < 0 || k < 0) {
                throw new IllegalArgumentException(
                        "part of the image starts at " + i + ", " + j + ", " + k + ", expected 0 or more");
            }
        }
    }

    /** Checks that the part lies inside the image and that its samples are all there. */
    public IgtlImage {
        Objects.requireNonNull(scalar, "scalar");
        Objects.requireNonNull(coordinates, "coordinates");
        Objects.requireNonNull(voxelsToFrame, "voxelsToFrame");
        if (components < 1 || components > 255) {
            throw new IllegalArgumentException("image of " + components + " components, expected 1 to 255");
        }
        Size inner = part.size();
        if (part.i() + inner.ni() > size.ni()
                || part.j() + inner.nj() > size.nj()
                || part.k() + inner.nk() > size.nk()) {
            throw new IllegalArgumentException(part + " does not lie inside the image of " + size);
        }
        // 2^48 pixels, 255 components and 8 bytes fit into 63 bits
        long expected = inner.pixels() * components * scalar.bytes();
        if (pixels.length() != expected) {
            throw new IllegalArgumentException(pixels.length() + " bytes of samples, expected " + expected + " for "
                    + part + ", " + components + " components of " + scalar);
        }
    }

    /**
     * A whole image of one float32 per pixel.
     *
     * @param size pixels
     * @param voxelsToFrame from zero-based indices (i, j, k) to metres, RAS
     * @param values {@code [k][j][i]}; copied
     * @return the image
     */
    public static IgtlImage ofFloats(Size size, Affine3 voxelsToFrame, float[] values) {
        return new IgtlImage(
                size,
                1,
                Scalar.FLOAT32,
                Coordinates.RAS,
                voxelsToFrame,
                new Part(0, 0, 0, size),
                IgtlPixels.ofFloats(values));
    }

    /**
     * A map of the beamformer or of Doppler.
     *
     * @param frame the map, on a Cartesian grid, turned or not
     * @param probeToFrame where the probe is, metres; the identity to show it in the PROBE frame
     * @return the image; a map of one slice has its depth along j, as viewers of pictures expect
     * @throws org.fus.core.error.FusUnsupportedException for a grid that is not Cartesian
     */
    public static IgtlImage of(DopplerFrame frame, Affine3 probeToFrame) {
        FusSeries.Geometry geometry = FusSeries.Geometry.of(frame.grid());
        return ofVolume(
                frame.grid().nz(),
                frame.grid().ny(),
                frame.grid().nx(),
                probeToFrame.after(geometry.voxelsToProbe()),
                frame.toArray());
    }

    /**
     * One volume of a series.
     *
     * @param series the series
     * @param pose which position of the probe, from 0
     * @param time which volume, from 0
     * @return the image in the LAB frame; one slice has its depth along j
     */
    public static IgtlImage of(FusSeries series, int pose, int time) {
        double[] values = series.read(0, pose, time, 1);
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        FusSeries.Shape shape = series.shape();
        FusSeries.Geometry geometry = series.geometry();
        return ofVolume(
                shape.nz(),
                shape.ny(),
                shape.nx(),
                geometry.probeToLab().get(pose).after(geometry.voxelsToProbe()),
                narrowed);
    }

    private static IgtlImage ofVolume(int nz, int ny, int nx, Affine3 voxels, float[] values) {
        if (ny > 1) {
            return ofFloats(new Size(nx, ny, nz), voxels, values);
        }
        Affine3 depthAlongJ = Affine3.ofRowMajor(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1);
        return ofFloats(new Size(nx, nz, 1), voxels.after(depthAlongJ), values);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /**
     * The values of the part, whatever their type.
     *
     * @return {@code [k][j][i][component]}
     */
    public double[] toDoubles() {
        ByteBuffer b = pixels.buffer();
        double[] out = new double[pixels.length() / scalar.bytes()];
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (scalar) {
                case INT8 -> b.get();
                case UINT8 -> b.get() & 0xff;
                case INT16 -> b.getShort();
                case UINT16 -> b.getShort() & 0xffff;
                case INT32 -> b.getInt();
                case UINT32 -> b.getInt() & 0xffff_ffffL;
                case FLOAT32 -> b.getFloat();
                case FLOAT64 -> b.getDouble();
            };
        }
        return out;
    }
}
