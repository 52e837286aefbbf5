package org.fus.core.probe;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.fus.core.geometry.Vector3;

/**
 * An array of elements in the ARRAY frame. Immutable.
 *
 * <p>Element {@code i} of a linear probe is at {@code x = (i - (n - 1) / 2) * pitchM}, {@code z = 0}. On a convex probe
 * {@code z = 0} is the chord through the outermost elements, so that the middle of the arc has {@code z > 0}. A matrix
 * counts row by row, {@code row * columns + column}; a row-column probe first its columns, then its rows; a multi-array
 * array by array.
 */
public final class Probe {
    /** The shape of the array. */
    public enum Type {
        /** One straight row. */
        LINEAR,
        /** One row on an arc that bulges towards the medium. */
        CONVEX,
        /** One straight row of narrow pitch that steers its beams. */
        PHASED,
        /** Columns and rows of small elements. */
        MATRIX,
        /** Long columns across long rows (RCA). */
        ROW_COLUMN,
        /** Several straight rows, each with a slice of its own. */
        MULTI_ARRAY,
        /** Anything else. */
        CUSTOM
    }

    private final String name;
    private final Type type;
    private final List<Element> elements;
    private final double pitchM;
    private final double elementWidthM;
    private final double elevationApertureM;
    private final double elevationFocusM;
    private final double radiusM;
    private final double centerFrequencyHz;
    private final double fractionalBandwidth;

    private Probe(Builder b, List<Element> elements) {
        this.name = b.name;
        this.type = b.type;
        this.elements = List.copyOf(elements);
        this.pitchM = b.pitchM;
        this.elementWidthM = b.elementWidthM;
        this.elevationApertureM = b.elevationApertureM;
        this.elevationFocusM = b.elevationFocusM;
        this.radiusM = b.radiusM;
        this.centerFrequencyHz = b.centerFrequencyHz;
        this.fractionalBandwidth = b.fractionalBandwidth;
    }

    /**
     * Starts a linear probe.
     *
     * @param name what people call it
     * @param elements number of elements, at least 1
     * @param pitchM distance between the centres of neighbours, metres
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder linear(String name, int elements, double pitchM, double centerFrequencyHz) {
        return row(name, Type.LINEAR, elements, pitchM, centerFrequencyHz);
    }

    /**
     * Starts a phased array: laid out as a linear one.
     *
     * @param name what people call it
     * @param elements number of elements, at least 1
     * @param pitchM distance between the centres of neighbours, metres
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder phased(String name, int elements, double pitchM, double centerFrequencyHz) {
        return row(name, Type.PHASED, elements, pitchM, centerFrequencyHz);
    }

    private static Builder row(String name, Type type, int elements, double pitchM, double centerFrequencyHz) {
        Builder builder = new Builder(name, type, pitchM, centerFrequencyHz);
        builder.requireCount(elements);
        builder.layout = b -> ProbeLayouts.rows(
                ProbeLayouts.centered(elements, pitchM),
                new double[1],
                b.elementWidthM,
                b.elevationApertureM,
                Element.Kind.SLICE);
        return builder;
    }

    /**
     * Starts a convex probe.
     *
     * @param name what people call it
     * @param elements number of elements, at least 1
     * @param pitchM straight distance between the centres of neighbours, metres
     * @param radiusM radius of the arc, metres
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder convex(String name, int elements, double pitchM, double radiusM, double centerFrequencyHz) {
        Builder builder = new Builder(name, Type.CONVEX, pitchM, centerFrequencyHz);
        builder.requireCount(elements);
        builder.radiusM = radiusM;
        builder.layout = b -> ProbeLayouts.arc(elements, pitchM, radiusM, b.elementWidthM, b.elevationApertureM);
        return builder;
    }

    /**
     * Starts a matrix probe whose columns and rows are evenly spaced.
     *
     * @param name what people call it
     * @param columns elements along x, at least 1
     * @param rows elements along y, at least 1
     * @param pitchM distance between the centres of neighbours in both directions, metres
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder matrix(String name, int columns, int rows, double pitchM, double centerFrequencyHz) {
        return matrix(
                name,
                ProbeLayouts.centered(columns, pitchM),
                ProbeLayouts.centered(rows, pitchM),
                pitchM,
                centerFrequencyHz);
    }

    /**
     * Starts a matrix probe with columns and rows anywhere, such as one whose panels leave rows blank.
     *
     * @param name what people call it
     * @param columnXM lateral positions of the columns, metres
     * @param rowYM elevations of the rows, metres
     * @param pitchM distance between neighbours within a panel, metres
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder matrix(
            String name, double[] columnXM, double[] rowYM, double pitchM, double centerFrequencyHz) {
        Builder builder = new Builder(name, Type.MATRIX, pitchM, centerFrequencyHz);
        builder.requireCount(Math.multiplyExact(columnXM.length, rowYM.length));
        double[] x = columnXM.clone();
        double[] y = rowYM.clone();
        builder.layout = b -> ProbeLayouts.rows(x, y, b.elementWidthM, b.elementWidthM, Element.Kind.POINT);
        return builder;
    }

    /**
     * Starts a row-column probe: columns that are long along y and side by side along x, then rows that are long along x
     * and side by side along y.
     *
     * @param name what people call it
     * @param columns number of columns, at least 1
     * @param rows number of rows, at least 1
     * @param pitchM distance between the centres of neighbours, metres
     * @param lengthM length of the elements, metres
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder rowColumn(
            String name, int columns, int rows, double pitchM, double lengthM, double centerFrequencyHz) {
        Builder builder = new Builder(name, Type.ROW_COLUMN, pitchM, centerFrequencyHz);
        builder.requireCount(Math.min(columns, rows));
        builder.layout = b -> ProbeLayouts.rowColumn(
                ProbeLayouts.centered(columns, pitchM), ProbeLayouts.centered(rows, pitchM), b.elementWidthM, lengthM);
        return builder;
    }

    /**
     * Starts a multi-array: straight rows one behind the other in elevation, each focused on a slice of its own.
     *
     * @param name what people call it
     * @param arrays number of rows, at least 1
     * @param elementsPerArray elements of one row, at least 1
     * @param pitchM distance between the centres of neighbours in a row, metres
     * @param arraySpacingM distance between the rows, metres
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder multiArray(
            String name,
            int arrays,
            int elementsPerArray,
            double pitchM,
            double arraySpacingM,
            double centerFrequencyHz) {
        Builder builder = new Builder(name, Type.MULTI_ARRAY, pitchM, centerFrequencyHz);
        builder.requireCount(Math.min(arrays, elementsPerArray));
        builder.layout = b -> ProbeLayouts.rows(
                ProbeLayouts.centered(elementsPerArray, pitchM),
                ProbeLayouts.centered(arrays, arraySpacingM),
                b.elementWidthM,
                b.elevationApertureM,
                Element.Kind.SLICE);
        return builder;
    }

    /**
     * Starts a probe of any elements.
     *
     * @param name what people call it
     * @param type its shape, which tells people what to expect; nothing is computed from it
     * @param elements the elements, at least one
     * @param pitchM distance between neighbours, metres, or NaN when there is no such figure
     * @param centerFrequencyHz centre of the band, hertz
     * @return a builder
     */
    public static Builder custom(
            String name, Type type, List<Element> elements, double pitchM, double centerFrequencyHz) {
        Builder builder = new Builder(name, type, pitchM, centerFrequencyHz);
        builder.requireCount(elements.size());
        List<Element> copy = List.copyOf(elements);
        builder.elementWidthM = copy.getFirst().widthM();
        builder.layout = b -> copy;
        return builder;
    }

    /**
     * What people call the probe.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The shape of the array.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * The number of elements.
     *
     * @return at least 1
     */
    public int elements() {
        return elements.size();
    }

    /**
     * Distance between the centres of neighbours.
     *
     * @return metres
     */
    public double pitchM() {
        return pitchM;
    }

    /**
     * Width of one element along the array.
     *
     * @return metres
     */
    public double elementWidthM() {
        return elementWidthM;
    }

    /**
     * Size of the elements in elevation.
     *
     * @return metres, or NaN when not known
     */
    public double elevationApertureM() {
        return elevationApertureM;
    }

    /**
     * Depth of the elevation focus.
     *
     * @return metres, or NaN when not known
     */
    public double elevationFocusM() {
        return elevationFocusM;
    }

    /**
     * Radius of the arc.
     *
     * @return metres, positive infinity for a probe without an arc
     */
    public double radiusM() {
        return radiusM;
    }

    /**
     * Centre of the band.
     *
     * @return hertz
     */
    public double centerFrequencyHz() {
        return centerFrequencyHz;
    }

    /**
     * Two-way -6 dB bandwidth over the centre frequency.
     *
     * @return a fraction, such as 0.67, or NaN when not known
     */
    public double fractionalBandwidth() {
        return fractionalBandwidth;
    }

    /**
     * One element.
     *
     * @param element from 0
     * @return position, directions and size
     */
    public Element element(int element) {
        return elements.get(element);
    }

    /**
     * Lateral position of an element.
     *
     * @param element from 0
     * @return metres
     */
    public double elementXM(int element) {
        return elements.get(element).centerM().x();
    }

    /**
     * Elevation of an element.
     *
     * @param element from 0
     * @return metres
     */
    public double elementYM(int element) {
        return elements.get(element).centerM().y();
    }

    /**
     * Depth position of an element.
     *
     * @param element from 0
     * @return metres
     */
    public double elementZM(int element) {
        return elements.get(element).centerM().z();
    }

    /**
     * Angle of the element's normal against the z axis in the plane of x and z, positive towards +x.
     *
     * @param element from 0
     * @return radians
     */
    public double elementNormalRad(int element) {
        Vector3 n = elements.get(element).normal();
        return StrictMath.atan2(n.x(), n.z());
    }

    /**
     * Whether all elements lie in one plane of x and z, each hearing that slice alone: linear, phased, convex arrays.
     *
     * @return true when images of this probe are of one plane
     */
    public boolean isPlanar() {
        double yM = elementYM(0);
        for (Element e : elements) {
            if (e.kind() != Element.Kind.SLICE
                    || e.centerM().y() != yM
                    || e.normal().y() != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "Probe[" + name + ", " + type + ", " + elements.size() + " elements, pitch " + pitchM * 1e3 + " mm, "
                + centerFrequencyHz * 1e-6 + " MHz]";
    }

    /** Collects the parts of a {@link Probe} that have defaults. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Type type;
        private final double pitchM;
        private final double centerFrequencyHz;
        private double radiusM = Double.POSITIVE_INFINITY;
        private double elementWidthM;
        private double elevationApertureM = Double.NaN;
        private double elevationFocusM = Double.NaN;
        private double fractionalBandwidth = Double.NaN;
        private Function<Builder, List<Element>> layout;

        private Builder(String name, Type type, double pitchM, double centerFrequencyHz) {
            this.name = Objects.requireNonNull(name, "name");
            this.type = Objects.requireNonNull(type, "type");
            this.pitchM = pitchM;
            this.centerFrequencyHz = centerFrequencyHz;
            this.elementWidthM = pitchM;
        }

        /**
         * Sets the width of an element; of a matrix, in both directions. Default: the pitch (no kerf). A custom probe
         * keeps the sizes of its elements.
         *
         * @param widthM metres
         * @return this builder
         */
        public Builder elementWidthM(double widthM) {
            this.elementWidthM = widthM;
            return this;
        }

        /**
         * Sets the elevation aperture and focus. Default: not known.
         *
         * @param apertureM size in elevation, metres
         * @param focusM depth of the focus, metres
         * @return this builder
         */
        public Builder elevation(double apertureM, double focusM) {
            this.elevationApertureM = apertureM;
            this.elevationFocusM = focusM;
            return this;
        }

        /**
         * Sets the two-way -6 dB bandwidth. Default: not known.
         *
         * @param fraction bandwidth over centre frequency
         * @return this builder
         */
        public Builder fractionalBandwidth(double fraction) {
            this.fractionalBandwidth = fraction;
            return this;
        }

        /**
         * Makes the probe.
         *
         * @return the probe
         * @throws IllegalArgumentException when a figure is impossible
         */
        public Probe build() {
            if (!Double.isNaN(pitchM)) {
                requirePositive("pitchM", pitchM);
            }
            requirePositive("centerFrequencyHz", centerFrequencyHz);
            requirePositive("elementWidthM", elementWidthM);
            if (elementWidthM > pitchM * (1 + 1e-9)) {
                throw new IllegalArgumentException(
                        name + ": elementWidthM " + elementWidthM + " is larger than pitchM " + pitchM);
            }
            if (fractionalBandwidth <= 0 || fractionalBandwidth >= 2) {
                throw new IllegalArgumentException(name + ": fractionalBandwidth " + fractionalBandwidth
                        + " must be between 0 and 2 (0.67 is 67 %)");
            }
            try {
                return new Probe(this, layout.apply(this));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        }

        private void requireCount(int elements) {
            if (elements < 1) {
                throw new IllegalArgumentException(name + ": " + elements + " elements, expected at least 1");
            }
        }

        private void requirePositive(String what, double v) {
            if (!(v > 0) || !Double.isFinite(v)) {
                throw new IllegalArgumentException(name + ": " + what + " is " + v + ", expected a positive number");
            }
        }
    }
}
