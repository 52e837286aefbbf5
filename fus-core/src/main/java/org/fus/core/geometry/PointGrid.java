package org.fus.core.geometry;

import java.util.Arrays;
import java.util.List;

/** Any list of points: the pixels of a curved surface, of a vessel's axis, of a few places of interest. Immutable. */
public final class PointGrid implements ImageGrid {
    private final double[] xyzM;

    private PointGrid(double[] xyzM) {
        this.xyzM = xyzM;
    }

    /**
     * The grid of some points.
     *
     * @param pointsM positions, metres, at least one
     * @return a grid with {@code nx} points, {@code ny = nz = 1}
     */
    public static PointGrid of(List<Vector3> pointsM) {
        ImageGrid.requireSize(pointsM.size(), 1, 1);
        double[] xyz = new double[Math.multiplyExact(3, pointsM.size())];
        for (int i = 0; i < pointsM.size(); i++) {
            Vector3 p = pointsM.get(i);
            if (!p.isFinite()) {
                throw new IllegalArgumentException("point " + i + " is " + p + ", expected finite metres");
            }
            xyz[3 * i] = p.x();
            xyz[3 * i + 1] = p.y();
            xyz[3 * i + 2] = p.z();
        }
        return new PointGrid(xyz);
    }

    @Override
    public int nx() {
        return xyzM.length / 3;
    }

    @Override
    public int ny() {
        return 1;
    }

    @Override
    public int nz() {
        return 1;
    }

    @Override
    public Vector3 pointM(int pixel) {
        return new Vector3(xyzM[3 * pixel], xyzM[3 * pixel + 1], xyzM[3 * pixel + 2]);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PointGrid g && Arrays.equals(xyzM, g.xyzM);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(xyzM);
    }

    @Override
    public String toString() {
        return "PointGrid[" + nx() + " points]";
    }
}
