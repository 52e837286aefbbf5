package org.fus.core.beamforming;

/**
 * Receive apodization across the active aperture. The argument is {@code u = |x - xe| F / z}, 0 below the pixel and 0.5
 * at the edge of the aperture.
 */
public enum ReceiveWindow {
    /** Every active element weighs 1. */
    BOXCAR {
        @Override
        public double weight(double u) {
            return 1;
        }
    },
    /** {@code 0.5 + 0.5 cos(2 pi u)}, 0 at the edge. */
    HANN {
        @Override
        public double weight(double u) {
            return 0.5 + 0.5 * Math.cos(2 * Math.PI * u);
        }
    };

    /**
     * The weight of an element inside the aperture.
     *
     * @param u 0 to 0.5
     * @return 0 to 1
     */
    public abstract double weight(double u);
}
