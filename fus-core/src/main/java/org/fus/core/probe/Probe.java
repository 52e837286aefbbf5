package org.fus.core.probe;

import java.util.Objects;

/**
 * An array of elements in the ARRAY frame. Immutable.
 *
 * <p>Element {@code i} of a linear probe is at {@code x = (i - (n - 1) / 2) * pitchM}, {@code z = 0}. On a convex probe
 * {@code z = 0} is the chord through the outermost elements, so that the middle of the arc has {@code z > 0}.
 */
public final class Probe {
    /** The shape of the array. */
    public enum Type {
        /** One straight row. */
        LINEAR,
        /** One row on an arc that bulges towards the medium. */
        CONVEX
    }

    private final String name;
    private final Type type;
    private final double pitchM;
    private final double elementWidthM;
    private final double elevationApertureM;
    private final double elevationFocusM;
    private final double radiusM;
    private final double centerFrequencyHz;
    private final double fractionalBandwidth;
    private final double[] xM;
    private final double[] zM;
    private final double[] normalRad;

    private Probe(Builder b, double[] xM, double[] zM, double[] normalRad) {
        this.name = b.name;
        this.type = b.type;
        this.pitchM = b.pitchM;
        this.elementWidthM = b.elementWidthM;
        this.elevationApertureM = b.elevationApertureM;
        this.elevationFocusM = b.elevationFocusM;
        this.radiusM = b.radiusM;
        this.centerFrequencyHz = b.centerFrequencyHz;
        this.fractionalBandwidth = b.fractionalBandwidth;
        this.xM = xM;
        this.zM = zM;
        this.normalRad = normalRad;
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
        return new Builder(name, Type.LINEAR, elements, pitchM, Double.POSITIVE_INFINITY, centerFrequencyHz);
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
        return new Builder(name, Type.CONVEX, elements, pitchM, radiusM, centerFrequencyHz);
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
        return xM.length;
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
     * @return metres, positive infinity for a linear probe
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
     * Lateral position of an element.
     *
     * @param element from 0
     * @return metres
     */
    public double elementXM(int element) {
        return xM[element];
    }

    /**
     * Depth position of an element.
     *
     * @param element from 0
     * @return metres
     */
    public double elementZM(int element) {
        return zM[element];
    }

    /**
     * Angle of the element's normal against the z axis, positive towards +x.
     *
     * @param element from 0
     * @return radians
     */
    public double elementNormalRad(int element) {
        return normalRad[element];
    }

    @Override
    public String toString() {
        return "Probe[" + name + ", " + type + ", " + xM.length + " elements, pitch " + pitchM * 1e3 + " mm, "
                + centerFrequencyHz * 1e-6 + " MHz]";
    }

    /** Collects the parts of a {@link Probe} that have defaults. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Type type;
        private final int elements;
        private final double pitchM;
        private final double radiusM;
        private final double centerFrequencyHz;
        private double elementWidthM;
        private double elevationApertureM = Double.NaN;
        private double elevationFocusM = Double.NaN;
        private double fractionalBandwidth = Double.NaN;

        private Builder(String name, Type type, int elements, double pitchM, double radiusM, double centerFrequencyHz) {
            this.name = Objects.requireNonNull(name, "name");
            this.type = type;
            this.elements = elements;
            this.pitchM = pitchM;
            this.radiusM = radiusM;
            this.centerFrequencyHz = centerFrequencyHz;
            this.elementWidthM = pitchM;
        }

        /**
         * Sets the width of an element. Default: the pitch (no kerf).
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
            if (elements < 1) {
                throw new IllegalArgumentException(name + ": " + elements + " elements, expected at least 1");
            }
            requirePositive("pitchM", pitchM);
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
            return type == Type.LINEAR ? buildLinear() : buildConvex();
        }

        private Probe buildLinear() {
            double[] x = new double[elements];
            for (int i = 0; i < elements; i++) {
                x[i] = (i - (elements - 1) / 2.0) * pitchM;
            }
            return new Probe(this, x, new double[elements], new double[elements]);
        }

        private Probe buildConvex() {
            requirePositive("radiusM", radiusM);
            double stepRad = 2 * Math.asin(pitchM / 2 / radiusM);
            double halfRad = stepRad * (elements - 1) / 2;
            if (!(halfRad < Math.PI / 2)) {
                throw new IllegalArgumentException(name + ": " + elements + " elements of pitch " + pitchM
                        + " m do not fit on half a circle of radius " + radiusM + " m");
            }
            double[] x = new double[elements];
            double[] z = new double[elements];
            double[] normal = new double[elements];
            double chordDepth = radiusM * Math.cos(halfRad);
            for (int i = 0; i < elements; i++) {
                normal[i] = (i - (elements - 1) / 2.0) * stepRad;
                x[i] = radiusM * Math.sin(normal[i]);
                z[i] = radiusM * Math.cos(normal[i]) - chordDepth;
            }
            return new Probe(this, x, z, normal);
        }

        private void requirePositive(String what, double v) {
            if (!(v > 0) || !Double.isFinite(v)) {
                throw new IllegalArgumentException(name + ": " + what + " is " + v + ", expected a positive number");
            }
        }
    }
}
