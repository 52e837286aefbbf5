package org.fus.core.beamforming;

import java.util.Objects;

/**
 * Choices of a delay-and-sum plan.
 *
 * @param fNumber depth over width of the active aperture; 0 takes the whole array
 * @param window weights across the aperture
 */
public record DasOptions(double fNumber, ReceiveWindow window) {
    /** F-number 1 and a boxcar: the full band of receive angles that 15 MHz elements hear, unweighted. */
    public static final DasOptions DEFAULTS = new DasOptions(1, ReceiveWindow.BOXCAR);

    /** Checks the choices. */
    public DasOptions {
        if (!(fNumber >= 0) || !Double.isFinite(fNumber)) {
            throw new IllegalArgumentException(
                    "F-number " + fNumber + " must be positive (such as 1), or 0 for the whole array");
        }
        Objects.requireNonNull(window, "window");
        if (fNumber == 0 && window != ReceiveWindow.BOXCAR) {
            throw new IllegalArgumentException("window " + window
                    + " needs an F-number above 0: the whole array (F-number 0) has no edge to taper to");
        }
    }

    /**
     * The same with another F-number.
     *
     * @param value depth over width of the active aperture; 0 takes the whole array
     * @return a changed copy
     */
    public DasOptions withFNumber(double value) {
        return new DasOptions(value, window);
    }

    /**
     * The same with another window.
     *
     * @param value weights across the aperture
     * @return a changed copy
     */
    public DasOptions withWindow(ReceiveWindow value) {
        return new DasOptions(fNumber, value);
    }
}
