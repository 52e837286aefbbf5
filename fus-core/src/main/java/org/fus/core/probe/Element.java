package org.fus.core.probe;

import java.util.Objects;
import org.fus.core.geometry.Vector3;

/**
 * One element of an array, in the ARRAY frame. Immutable.
 *
 * @param centerM centre of its face, metres
 * @param normal unit vector out of its face, into the medium
 * @param axis unit vector in its face along which the width is measured
 * @param widthM size along the axis, metres
 * @param lengthM size across the axis, in the direction of {@link #lengthAxis}, metres; NaN when not known
 * @param kind how it hears across its axis
 */
public record Element(Vector3 centerM, Vector3 normal, Vector3 axis, double widthM, double lengthM, Kind kind) {
    /** How an element hears along its length. */
    public enum Kind {
        /**
         * Focused along its length by a lens: it hears the slice that its axis and its normal span, as thick as it is
         * long. Travel times are those within the slice. Elements of linear, phased, convex and multi-array probes.
         */
        SLICE,
        /** Small in both directions: travel times are to its centre. Elements of matrix probes. */
        POINT,
        /**
         * Long and not focused: its echo arrives when the way to the nearest point of its length is through. Rows and
         * columns of row-column probes.
         */
        LINE
    }

    private static final double UNIT_TOLERANCE = 1e-9;

    /** Checks the figures. */
    public Element {
        Objects.requireNonNull(kind, "kind");
        if (!centerM.isFinite()
                || !(Math.abs(normal.length() - 1) <= UNIT_TOLERANCE)
                || !(Math.abs(axis.length() - 1) <= UNIT_TOLERANCE)
                || !(Math.abs(normal.dot(axis)) <= UNIT_TOLERANCE)) {
            throw new IllegalArgumentException("element at " + centerM + " m with normal " + normal + " and axis "
                    + axis + ": the position must be finite, the others unit vectors at a right angle");
        }
        if (!(widthM > 0) || !Double.isFinite(widthM) || lengthM <= 0 || Double.isInfinite(lengthM)) {
            throw new IllegalArgumentException("element of " + widthM + " x " + lengthM
                    + " m (width, length): both must be positive; the length may be NaN when not known");
        }
        if (kind == Kind.LINE && Double.isNaN(lengthM)) {
            throw new IllegalArgumentException("a line element needs its lengthM");
        }
    }

    /**
     * The direction of the length.
     *
     * @return {@code normal x axis}, along +y for an element that looks along +z with its width along +x
     */
    public Vector3 lengthAxis() {
        return normal.cross(axis);
    }

    /**
     * The way between the element and a point, as {@link Kind} says: to the centre, within the slice, or to the nearest
     * point of the line.
     *
     * @param pointM metres
     * @return metres
     */
    public double distanceM(Vector3 pointM) {
        Vector3 way = pointM.minus(centerM);
        Vector3 along = lengthAxis();
        return switch (kind) {
            case POINT -> way.length();
            case SLICE -> way.minus(along.times(way.dot(along))).length();
            case LINE -> {
                double at = Math.clamp(way.dot(along), -lengthM / 2, lengthM / 2);
                yield way.minus(along.times(at)).length();
            }
        };
    }
}
