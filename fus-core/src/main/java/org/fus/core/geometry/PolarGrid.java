package org.fus.core.geometry;

import java.util.Objects;

/**
 * A sector: rays from an apex, {@code [z = range][y = elevation angle][x = azimuth]}. The pixel of range {@code r},
 * azimuth {@code a} and elevation angle {@code e} is at {@code apex + r (sin a cos e, sin e, cos a cos e)}. Immutable.
 *
 * @param apexM where the rays start, metres: the centre of a phased array, the centre of the arc of a convex one
 * @param range0M range of the first row, metres, not negative
 * @param dRangeM step along the rays, metres, positive
 * @param azimuth0Rad azimuth of the first ray
 * @param dAzimuthRad step of the azimuth, positive
 * @param elevation0Rad elevation angle of the first fan
 * @param dElevationRad step of the elevation angle, positive
 * @param nx rays of a fan
 * @param ny fans
 * @param nz pixels of a ray
 */
public record PolarGrid(
        Vector3 apexM,
        double range0M,
        double dRangeM,
        double azimuth0Rad,
        double dAzimuthRad,
        double elevation0Rad,
        double dElevationRad,
        int nx,
        int ny,
        int nz)
        implements ImageGrid {
    /** Checks sizes and steps. */
    public PolarGrid {
        Objects.requireNonNull(apexM, "apexM");
        ImageGrid.requireSize(nx, ny, nz);
        if (!apexM.isFinite() || !(range0M >= 0) || !Double.isFinite(range0M) || !(dRangeM > 0)) {
            throw new IllegalArgumentException("sector from apex " + apexM + " m, range " + range0M + " m in steps of "
                    + dRangeM + " m: positions must be finite, ranges not negative, steps positive");
        }
        double lastAzimuth = azimuth0Rad + (nx - 1) * dAzimuthRad;
        double lastElevation = elevation0Rad + (ny - 1) * dElevationRad;
        if (!(dAzimuthRad > 0)
                || !(dElevationRad > 0)
                || !(azimuth0Rad > -Math.PI / 2)
                || !(lastAzimuth < Math.PI / 2)
                || !(elevation0Rad > -Math.PI / 2)
                || !(lastElevation < Math.PI / 2)) {
            throw new IllegalArgumentException("sector of azimuths " + azimuth0Rad + " to " + lastAzimuth
                    + " and elevation angles " + elevation0Rad + " to " + lastElevation
                    + " rad: steps must be positive and angles between -pi/2 and pi/2");
        }
    }

    /**
     * A fan in the plane {@code y = 0} from its ends, all included.
     *
     * @param apexM where the rays start, metres
     * @param firstRad azimuth of the first ray
     * @param lastRad azimuth of the last ray
     * @param rays at least 2
     * @param firstRangeM range of the first row, metres
     * @param lastRangeM range of the last row, metres
     * @param rows at least 2
     * @return the grid
     */
    public static PolarGrid sector(
            Vector3 apexM, double firstRad, double lastRad, int rays, double firstRangeM, double lastRangeM, int rows) {
        if (rays < 2 || rows < 2) {
            throw new IllegalArgumentException("sector of " + rays + " rays x " + rows
                    + " rows given by its ends: each number must be at least 2");
        }
        return new PolarGrid(
                apexM,
                firstRangeM,
                (lastRangeM - firstRangeM) / (rows - 1),
                firstRad,
                (lastRad - firstRad) / (rays - 1),
                0,
                1,
                rays,
                1,
                rows);
    }

    @Override
    public Vector3 pointM(int pixel) {
        int fan = pixel / nx;
        double azimuth = azimuth0Rad + pixel % nx * dAzimuthRad;
        double elevation = elevation0Rad + fan % ny * dElevationRad;
        int row = fan / ny;
        double range = range0M + row * dRangeM;
        return new Vector3(
                apexM.x() + range * Math.sin(azimuth) * Math.cos(elevation),
                apexM.y() + range * Math.sin(elevation),
                apexM.z() + range * Math.cos(azimuth) * Math.cos(elevation));
    }
}
