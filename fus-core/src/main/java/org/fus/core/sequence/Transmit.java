package org.fus.core.sequence;

/** One firing of the array. */
public sealed interface Transmit {
    /**
     * A tilted plane wave.
     *
     * @param tiltRad angle of the direction of travel against the z axis; positive travels towards +x, so that element 0
     *     fires first
     */
    record PlaneWave(double tiltRad) implements Transmit {
        /** Checks the angle. */
        public PlaneWave {
            if (!(Math.abs(tiltRad) < Math.PI / 2)) {
                throw new IllegalArgumentException("plane wave tiltRad " + tiltRad + " must be between -pi/2 and pi/2");
            }
        }
    }

    /**
     * A wave that diverges from a virtual source behind the array.
     *
     * @param sourceXM lateral position of the virtual source, metres
     * @param sourceZM its depth, metres, negative
     */
    record DivergingWave(double sourceXM, double sourceZM) implements Transmit {
        /** Checks the position. */
        public DivergingWave {
            if (!Double.isFinite(sourceXM) || !(sourceZM < 0)) {
                throw new IllegalArgumentException("virtual source at x " + sourceXM + " m, z " + sourceZM
                        + " m: x must be finite and z negative (behind the array)");
            }
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
    }

    /**
     * A wave that is focused on a point in front of the array.
     *
     * @param focusXM lateral position of the focus, metres
     * @param focusZM its depth, metres, positive
     */
    record FocusedWave(double focusXM, double focusZM) implements Transmit {
        /** Checks the position. */
        public FocusedWave {
            if (!Double.isFinite(focusXM) || !(focusZM > 0) || !Double.isFinite(focusZM)) {
                throw new IllegalArgumentException("focus at x " + focusXM + " m, z " + focusZM
                        + " m: x must be finite and z positive (in front of the array)");
            }
        }
    }
}
