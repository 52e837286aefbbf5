package org.fus.core.geometry;

/**
 * A Cartesian grid of pixels in the ARRAY frame, row-major {@code [z][y][x]}. A 2-D image has {@code ny = 1}. Immutable.
 *
 * @param x0M lateral position of the first pixel, metres
 * @param y0M elevation of the first pixel, metres
 * @param z0M depth of the first pixel, metres
 * @param dxM lateral step, metres, positive
 * @param dyM elevation step (slice thickness of a single slice), metres, positive
 * @param dzM depth step, metres, positive
 * @param nx pixels along x
 * @param ny pixels along y
 * @param nz pixels along z
 */
public record PixelGrid(double x0M, double y0M, double z0M, double dxM, double dyM, double dzM, int nx, int ny, int nz)
        implements ImageGrid {
    /** Thickness given to a single slice when nobody says otherwise: 0.4 mm, that of the vendor's 15 MHz probe. */
    public static final double DEFAULT_SLICE_M = 0.4e-3;

    /** Checks sizes and steps. */
    public PixelGrid {
        ImageGrid.requireSize(nx, ny, nz);
        requireFinite("x0M", x0M);
        requireFinite("y0M", y0M);
        requireFinite("z0M", z0M);
        requirePositive("dxM", dxM);
        requirePositive("dyM", dyM);
        requirePositive("dzM", dzM);
    }

    /**
     * A 2-D grid from its end points, both included.
     *
     * @param xFirstM lateral position of the first column, metres
     * @param xLastM lateral position of the last column, metres
     * @param nx columns, at least 2
     * @param zFirstM depth of the first row, metres
     * @param zLastM depth of the last row, metres
     * @param nz rows, at least 2
     * @return the grid, one slice of {@link #DEFAULT_SLICE_M}
     */
    public static PixelGrid xz(double xFirstM, double xLastM, int nx, double zFirstM, double zLastM, int nz) {
        if (nx < 2 || nz < 2) {
            throw new IllegalArgumentException("grid of " + nx + " x " + nz
                    + " pixels (x, z) given by its end points: each number must be at least 2");
        }
        if (!(xLastM > xFirstM) || !(zLastM > zFirstM)) {
            throw new IllegalArgumentException("grid from x " + xFirstM + " to " + xLastM + " m and z " + zFirstM
                    + " to " + zLastM + " m: the end must lie beyond the start");
        }
        return new PixelGrid(
                xFirstM,
                0,
                zFirstM,
                (xLastM - xFirstM) / (nx - 1),
                DEFAULT_SLICE_M,
                (zLastM - zFirstM) / (nz - 1),
                nx,
                1,
                nz);
    }

    /**
     * Lateral position of a column.
     *
     * @param ix column, from 0
     * @return metres
     */
    public double xM(int ix) {
        return x0M + ix * dxM;
    }

    /**
     * Elevation of a slice.
     *
     * @param iy slice, from 0
     * @return metres
     */
    public double yM(int iy) {
        return y0M + iy * dyM;
    }

    /**
     * Depth of a row.
     *
     * @param iz row, from 0
     * @return metres
     */
    public double zM(int iz) {
        return z0M + iz * dzM;
    }

    @Override
    public Vector3 pointM(int pixel) {
        int slice = pixel / nx;
        return new Vector3(xM(pixel % nx), yM(slice % ny), zM(slice / ny));
    }

    @Override
    public PixelGrid cartesian() {
        return this;
    }

    /**
     * The map from zero-based voxel indices (ix, iy, iz) to the PROBE frame, metres.
     *
     * @return the map
     */
    public Affine3 voxelsToProbe() {
        return Frame.ARRAY_TO_PROBE.after(Affine3.translation(x0M, y0M, z0M)).after(Affine3.scale(dxM, dyM, dzM));
    }

    /**
     * A 3-D grid from its end points, all included.
     *
     * @param firstM the corner of the smallest coordinates, metres
     * @param lastM the corner of the largest coordinates, metres
     * @param nx pixels along x, at least 2
     * @param ny pixels along y, at least 2
     * @param nz pixels along z, at least 2
     * @return the grid
     */
    public static PixelGrid box(Vector3 firstM, Vector3 lastM, int nx, int ny, int nz) {
        Vector3 size = lastM.minus(firstM);
        if (nx < 2 || ny < 2 || nz < 2 || !(size.x() > 0) || !(size.y() > 0) || !(size.z() > 0)) {
            throw new IllegalArgumentException("grid of " + nx + " x " + ny + " x " + nz + " pixels (x, y, z) from "
                    + firstM + " to " + lastM + " m: each number must be at least 2 and the end beyond the start");
        }
        return new PixelGrid(
                firstM.x(),
                firstM.y(),
                firstM.z(),
                size.x() / (nx - 1),
                size.y() / (ny - 1),
                size.z() / (nz - 1),
                nx,
                ny,
                nz);
    }

    private static void requireFinite(String name, double v) {
        if (!Double.isFinite(v)) {
            throw new IllegalArgumentException("grid " + name + " is " + v + ", expected a finite number of metres");
        }
    }

    private static void requirePositive(String name, double v) {
        if (!(v > 0) || !Double.isFinite(v)) {
            throw new IllegalArgumentException("grid " + name + " is " + v + ", expected a positive number of metres");
        }
    }
}
