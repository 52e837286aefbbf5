package org.fus.core.geometry;

import java.util.Arrays;

/** A 4 x 4 affine map of column vectors, last row (0, 0, 0, 1), translation in the last column. Immutable. */
public final class Affine3 {
    private static final Affine3 IDENTITY = scale(1, 1, 1);

    private final double[] m;

    private Affine3(double[] rowMajor) {
        this.m = rowMajor;
    }

    /**
     * The identity.
     *
     * @return the map that changes nothing
     */
    public static Affine3 identity() {
        return IDENTITY;
    }

    /**
     * A map from its 16 values.
     *
     * @param rowMajor 16 finite values, row by row; the last row must be (0, 0, 0, 1)
     * @return the map
     */
    public static Affine3 ofRowMajor(double... rowMajor) {
        if (rowMajor.length != 16) {
            throw new IllegalArgumentException("affine has " + rowMajor.length + " values, expected 16");
        }
        for (double v : rowMajor) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException("affine holds " + v + ", expected finite values");
            }
        }
        if (rowMajor[12] != 0 || rowMajor[13] != 0 || rowMajor[14] != 0 || rowMajor[15] != 1) {
            throw new IllegalArgumentException("last row of the affine is "
                    + Arrays.toString(Arrays.copyOfRange(rowMajor, 12, 16)) + ", expected [0, 0, 0, 1]");
        }
        return new Affine3(rowMajor.clone());
    }

    /**
     * A scaling along the axes.
     *
     * @param sx factor along x
     * @param sy factor along y
     * @param sz factor along z
     * @return the map
     */
    public static Affine3 scale(double sx, double sy, double sz) {
        return new Affine3(new double[] {sx, 0, 0, 0, 0, sy, 0, 0, 0, 0, sz, 0, 0, 0, 0, 1});
    }

    /**
     * A translation.
     *
     * @param tx shift along x
     * @param ty shift along y
     * @param tz shift along z
     * @return the map
     */
    public static Affine3 translation(double tx, double ty, double tz) {
        return new Affine3(new double[] {1, 0, 0, tx, 0, 1, 0, ty, 0, 0, 1, tz, 0, 0, 0, 1});
    }

    /**
     * The map {@code Rz(rz) * Ry(ry) * Rx(rx)} followed by a translation, the vendor's convention for poses.
     *
     * @param rxRad angle about x
     * @param ryRad angle about y
     * @param rzRad angle about z
     * @param txM translation along x
     * @param tyM translation along y
     * @param tzM translation along z
     * @return the map
     */
    public static Affine3 ofEulerXyz(double rxRad, double ryRad, double rzRad, double txM, double tyM, double tzM) {
        double cx = Math.cos(rxRad);
        double sx = Math.sin(rxRad);
        double cy = Math.cos(ryRad);
        double sy = Math.sin(ryRad);
        double cz = Math.cos(rzRad);
        double sz = Math.sin(rzRad);
        return new Affine3(new double[] {
            cy * cz,
            cz * sx * sy - cx * sz,
            cx * cz * sy + sx * sz,
            txM,
            cy * sz,
            cx * cz + sx * sy * sz,
            cx * sy * sz - cz * sx,
            tyM,
            -sy,
            cy * sx,
            cx * cy,
            tzM,
            0,
            0,
            0,
            1
        });
    }

    /**
     * The map that applies {@code first} and then this one: the matrix product {@code this * first}.
     *
     * @param first the map that is applied first
     * @return the product
     */
    public Affine3 after(Affine3 first) {
        double[] p = new double[16];
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < 4; c++) {
                double s = 0;
                for (int k = 0; k < 4; k++) {
                    s += m[4 * r + k] * first.m[4 * k + c];
                }
                p[4 * r + c] = s;
            }
        }
        return new Affine3(p);
    }

    /**
     * The inverse map.
     *
     * @return the inverse
     * @throws IllegalArgumentException when the map is singular
     */
    public Affine3 inverse() {
        double c00 = m[5] * m[10] - m[6] * m[9];
        double c01 = m[6] * m[8] - m[4] * m[10];
        double c02 = m[4] * m[9] - m[5] * m[8];
        double det = m[0] * c00 + m[1] * c01 + m[2] * c02;
        if (det == 0 || !Double.isFinite(1 / det)) {
            throw new IllegalArgumentException("affine is singular (determinant " + det + ") and has no inverse");
        }
        double[] r = new double[16];
        r[0] = c00 / det;
        r[1] = (m[2] * m[9] - m[1] * m[10]) / det;
        r[2] = (m[1] * m[6] - m[2] * m[5]) / det;
        r[4] = c01 / det;
        r[5] = (m[0] * m[10] - m[2] * m[8]) / det;
        r[6] = (m[2] * m[4] - m[0] * m[6]) / det;
        r[8] = c02 / det;
        r[9] = (m[1] * m[8] - m[0] * m[9]) / det;
        r[10] = (m[0] * m[5] - m[1] * m[4]) / det;
        for (int i = 0; i < 3; i++) {
            r[4 * i + 3] = -(r[4 * i] * m[3] + r[4 * i + 1] * m[7] + r[4 * i + 2] * m[11]);
        }
        r[15] = 1;
        return new Affine3(r);
    }

    /**
     * Maps a point.
     *
     * @param x first coordinate
     * @param y second coordinate
     * @param z third coordinate
     * @return the three coordinates of the image
     */
    public double[] apply(double x, double y, double z) {
        return new double[] {
            m[0] * x + m[1] * y + m[2] * z + m[3],
            m[4] * x + m[5] * y + m[6] * z + m[7],
            m[8] * x + m[9] * y + m[10] * z + m[11]
        };
    }

    /**
     * One value of the matrix.
     *
     * @param row 0 to 3
     * @param column 0 to 3
     * @return the value
     */
    public double at(int row, int column) {
        return m[4 * row + column];
    }

    /**
     * All values.
     *
     * @return 16 values, row by row; a copy
     */
    public double[] toRowMajor() {
        return m.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Affine3 a && Arrays.equals(m, a.m);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(m);
    }

    @Override
    public String toString() {
        return "Affine3" + Arrays.toString(m);
    }
}
