package org.fus.core.geometry;

/**
 * A point or a direction in three dimensions. Immutable.
 *
 * @param x first coordinate
 * @param y second coordinate
 * @param z third coordinate
 */
public record Vector3(double x, double y, double z) {
    /** The origin. */
    public static final Vector3 ZERO = new Vector3(0, 0, 0);

    /** Unit vector along x: lateral in the ARRAY frame. */
    public static final Vector3 X = new Vector3(1, 0, 0);

    /** Unit vector along y: elevation in the ARRAY frame. */
    public static final Vector3 Y = new Vector3(0, 1, 0);

    /** Unit vector along z: depth in the ARRAY frame. */
    public static final Vector3 Z = new Vector3(0, 0, 1);

    /**
     * The sum.
     *
     * @param other the other vector
     * @return {@code this + other}
     */
    public Vector3 plus(Vector3 other) {
        return new Vector3(x + other.x, y + other.y, z + other.z);
    }

    /**
     * The difference.
     *
     * @param other the other vector
     * @return {@code this - other}
     */
    public Vector3 minus(Vector3 other) {
        return new Vector3(x - other.x, y - other.y, z - other.z);
    }

    /**
     * The multiple.
     *
     * @param factor a number
     * @return {@code factor * this}
     */
    public Vector3 times(double factor) {
        return new Vector3(factor * x, factor * y, factor * z);
    }

    /**
     * The inner product.
     *
     * @param other the other vector
     * @return {@code this . other}
     */
    public double dot(Vector3 other) {
        return x * other.x + y * other.y + z * other.z;
    }

    /**
     * The outer product.
     *
     * @param other the other vector
     * @return {@code this x other}
     */
    public Vector3 cross(Vector3 other) {
        return new Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    /**
     * The Euclidean length.
     *
     * @return at least 0
     */
    public double length() {
        return Math.sqrt(dot(this));
    }

    /**
     * The vector of the same direction and length 1.
     *
     * @return a unit vector
     * @throws IllegalArgumentException when the length is 0 or not finite
     */
    public Vector3 unit() {
        double length = length();
        if (!(length > 0) || !Double.isFinite(length)) {
            throw new IllegalArgumentException(this + " has no direction; expected a finite length above 0");
        }
        return times(1 / length);
    }

    /**
     * Whether all coordinates are finite.
     *
     * @return false when one is NaN or infinite
     */
    public boolean isFinite() {
        return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
    }
}
