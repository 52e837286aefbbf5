package org.fus.core.sequence;

import java.util.List;
import java.util.Objects;
import org.fus.core.geometry.Vector3;

/** One firing of the array. */
public sealed interface Transmit {
    /**
     * Which elements fire, and how strongly.
     *
     * @return the aperture
     */
    TransmitAperture aperture();

    /**
     * A tilted plane wave. It travels along {@code (sin tilt cos elevation, sin elevation, cos tilt cos elevation)}.
     *
     * @param tiltRad angle of the direction of travel against the z axis in the plane of x and z; positive travels towards
     *     +x, so that element 0 fires first
     * @param elevationRad angle out of that plane, positive towards +y
     * @param aperture which elements fire
     */
    record PlaneWave(double tiltRad, double elevationRad, TransmitAperture aperture) implements Transmit {
        /** Checks the angles. */
        public PlaneWave {
            Objects.requireNonNull(aperture, "aperture");
            if (!(Math.abs(tiltRad) < Math.PI / 2)) {
                throw new IllegalArgumentException("plane wave tiltRad " + tiltRad + " must be between -pi/2 and pi/2");
            }
            if (!(Math.abs(elevationRad) < Math.PI / 2)) {
                throw new IllegalArgumentException(
                        "plane wave elevationRad " + elevationRad + " must be between -pi/2 and pi/2");
            }
        }

        /**
         * A wave in the plane of x and z that all elements fire.
         *
         * @param tiltRad angle of the direction of travel against the z axis, positive towards +x
         */
        public PlaneWave(double tiltRad) {
            this(tiltRad, 0, TransmitAperture.ALL);
        }

        /**
         * A wave that all elements fire.
         *
         * @param tiltRad angle in the plane of x and z, positive towards +x
         * @param elevationRad angle out of that plane, positive towards +y
         */
        public PlaneWave(double tiltRad, double elevationRad) {
            this(tiltRad, elevationRad, TransmitAperture.ALL);
        }

        /**
         * The direction of travel.
         *
         * @return a unit vector
         */
        public Vector3 direction() {
            double cosElevation = Math.cos(elevationRad);
            return new Vector3(
                    Math.sin(tiltRad) * cosElevation, Math.sin(elevationRad), Math.cos(tiltRad) * cosElevation);
        }
    }

    /**
     * A wave that diverges from a virtual source behind the array.
     *
     * @param sourceXM lateral position of the virtual source, metres
     * @param sourceYM its elevation, metres
     * @param sourceZM its depth, metres, negative
     * @param aperture which elements fire
     */
    record DivergingWave(double sourceXM, double sourceYM, double sourceZM, TransmitAperture aperture)
            implements Transmit {
        /** Checks the position. */
        public DivergingWave {
            Objects.requireNonNull(aperture, "aperture");
            if (!Double.isFinite(sourceXM)
                    || !Double.isFinite(sourceYM)
                    || !(sourceZM < 0)
                    || !Double.isFinite(sourceZM)) {
                throw new IllegalArgumentException("virtual source at x " + sourceXM + " m, y " + sourceYM + " m, z "
                        + sourceZM + " m: x and y must be finite and z negative (behind the array)");
            }
        }

        /**
         * A wave from a source in the plane of x and z that all elements fire.
         *
         * @param sourceXM lateral position of the virtual source, metres
         * @param sourceZM its depth, metres, negative
         */
        public DivergingWave(double sourceXM, double sourceZM) {
            this(sourceXM, 0, sourceZM, TransmitAperture.ALL);
        }

        /**
         * The wave that fills a sector: the rays from its virtual source through the two ends of the array enclose
         * {@code widthRad} and their bisector is tilted by {@code tiltRad}.
         *
         * @param tiltRad tilt of the sector
         * @param widthRad opening angle, positive; the sector must stay below 90 degrees on both sides
         * @param apertureM distance between the centres of the outermost elements, metres
         * @return the wave
         */
        public static DivergingWave sector(double tiltRad, double widthRad, double apertureM) {
            double left = tiltRad - widthRad / 2;
            double right = tiltRad + widthRad / 2;
            if (!(widthRad > 0) || !(left > -Math.PI / 2) || !(right < Math.PI / 2)) {
                throw new IllegalArgumentException("sector of tiltRad " + tiltRad + " and widthRad " + widthRad
                        + ": the width must be positive and both sides below pi/2");
            }
            double sourceZM = -apertureM / (Math.tan(right) - Math.tan(left));
            return new DivergingWave(apertureM / 2 + sourceZM * Math.tan(right), sourceZM);
        }

        /**
         * The virtual source.
         *
         * @return its position, metres
         */
        public Vector3 sourceM() {
            return new Vector3(sourceXM, sourceYM, sourceZM);
        }
    }

    /**
     * A wave that is focused on a point in front of the array.
     *
     * @param focusXM lateral position of the focus, metres
     * @param focusYM its elevation, metres
     * @param focusZM its depth, metres, positive
     * @param aperture which elements fire
     */
    record FocusedWave(double focusXM, double focusYM, double focusZM, TransmitAperture aperture) implements Transmit {
        /** Checks the position. */
        public FocusedWave {
            Objects.requireNonNull(aperture, "aperture");
            if (!Double.isFinite(focusXM) || !Double.isFinite(focusYM) || !(focusZM > 0) || !Double.isFinite(focusZM)) {
                throw new IllegalArgumentException("focus at x " + focusXM + " m, y " + focusYM + " m, z " + focusZM
                        + " m: x and y must be finite and z positive (in front of the array)");
            }
        }

        /**
         * A wave with its focus in the plane of x and z that all elements fire.
         *
         * @param focusXM lateral position of the focus, metres
         * @param focusZM its depth, metres, positive
         */
        public FocusedWave(double focusXM, double focusZM) {
            this(focusXM, 0, focusZM, TransmitAperture.ALL);
        }

        /**
         * The focus.
         *
         * @return its position, metres
         */
        public Vector3 focusM() {
            return new Vector3(focusXM, focusYM, focusZM);
        }
    }

    /**
     * One element that fires alone, as in synthetic aperture imaging.
     *
     * @param element from 0
     */
    record SingleElement(int element) implements Transmit {
        /** Checks the number. */
        public SingleElement {
            if (element < 0) {
                throw new IllegalArgumentException("element " + element + " fires; elements count from 0");
            }
        }

        @Override
        public TransmitAperture aperture() {
            return TransmitAperture.range(element, 1, element + 1);
        }
    }

    /**
     * Any delay law. Its wave is taken to arrive with the first arrival from an element that fires.
     *
     * @param delaysS one per element, seconds from time zero, not negative; NaN for an element that does not fire
     * @param weights the strength of each element
     */
    record ElementDelays(List<Double> delaysS, TransmitAperture weights) implements Transmit {
        /** Checks and copies. */
        public ElementDelays {
            delaysS = List.copyOf(delaysS);
            Objects.requireNonNull(weights, "weights");
            if (!weights.isAll() && weights.elements() != delaysS.size()) {
                throw new IllegalArgumentException(
                        delaysS.size() + " delays and " + weights.elements() + " weights; give one each per element");
            }
            boolean fires = false;
            for (int e = 0; e < delaysS.size(); e++) {
                double delay = delaysS.get(e);
                if (delay < 0 || Double.isInfinite(delay)) {
                    throw new IllegalArgumentException("delay of element " + e + " is " + delay
                            + " s; delays are finite, not negative, or NaN for an element that does not fire");
                }
                fires |= !Double.isNaN(delay) && weights.weight(e) != 0;
            }
            if (!fires) {
                throw new IllegalArgumentException("none of " + delaysS.size() + " elements fires");
            }
        }

        /**
         * A law of elements of the same strength.
         *
         * @param delaysS one per element, seconds from time zero, not negative; NaN for an element that does not fire
         */
        public ElementDelays(List<Double> delaysS) {
            this(delaysS, TransmitAperture.ALL);
        }

        @Override
        public TransmitAperture aperture() {
            double[] w = new double[delaysS.size()];
            for (int e = 0; e < w.length; e++) {
                w[e] = delaysS.get(e).isNaN() ? 0 : weights.weight(e);
            }
            return TransmitAperture.of(w);
        }
    }
}
