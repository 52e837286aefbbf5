package org.fus.core.geometry;

import org.fus.core.error.FusUnsupportedException;

/**
 * Where the pixels of an image are: a lattice {@code [z][y][x]} of points in the ARRAY frame. On a {@link PixelGrid} the
 * axes of the lattice are those of the frame; on a {@link PolarGrid} they are range, elevation angle and azimuth; a
 * {@link PointGrid} has one axis alone. Immutable.
 */
public sealed interface ImageGrid permits PixelGrid, OrientedGrid, PolarGrid, PointGrid {
    /** Most pixels of a grid, so that arrays of complex pixels stay within one array. */
    int MAX_PIXELS = Integer.MAX_VALUE / 4;

    /**
     * Pixels along the fastest axis.
     *
     * @return at least 1
     */
    int nx();

    /**
     * Pixels along the middle axis.
     *
     * @return at least 1
     */
    int ny();

    /**
     * Pixels along the slowest axis.
     *
     * @return at least 1
     */
    int nz();

    /**
     * Position of a pixel in the ARRAY frame.
     *
     * @param pixel flat index, from 0
     * @return metres
     */
    Vector3 pointM(int pixel);

    /**
     * The number of pixels.
     *
     * @return {@code nx * ny * nz}
     */
    default int size() {
        return nx() * ny() * nz();
    }

    /**
     * Index of a pixel in a flat array.
     *
     * @param iz place along the slowest axis
     * @param iy place along the middle axis
     * @param ix place along the fastest axis
     * @return {@code (iz * ny + iy) * nx + ix}
     */
    default int index(int iz, int iy, int ix) {
        return (iz * ny() + iy) * nx() + ix;
    }

    /**
     * This grid, where only a Cartesian one along the axes of the ARRAY frame will do.
     *
     * @return the same grid
     * @throws FusUnsupportedException when it is of another kind
     */
    default PixelGrid cartesian() {
        throw new FusUnsupportedException("this needs a Cartesian grid along the axes of the array, got "
                + getClass().getSimpleName() + "; beamform onto a PixelGrid");
    }

    /**
     * Checks the lengths of the axes.
     *
     * @param nx pixels along the fastest axis
     * @param ny pixels along the middle axis
     * @param nz pixels along the slowest axis
     * @throws IllegalArgumentException when one is below 1, or all together are more than {@link #MAX_PIXELS}
     */
    static void requireSize(int nx, int ny, int nz) {
        if (nx < 1 || ny < 1 || nz < 1) {
            throw new IllegalArgumentException(
                    "grid of " + nx + " x " + ny + " x " + nz + " pixels (x, y, z): each number must be at least 1");
        }
        if ((long) nx * ny > MAX_PIXELS || (long) nx * ny * nz > MAX_PIXELS) {
            throw new IllegalArgumentException("grid of " + nx + " x " + ny + " x " + nz
                    + " pixels (x, y, z) is larger than " + MAX_PIXELS + " pixels; split it");
        }
    }
}
