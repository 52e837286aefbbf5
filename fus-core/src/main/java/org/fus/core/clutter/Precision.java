package org.fus.core.clutter;

/** Arithmetic of a singular value filter. */
public enum Precision {
    /**
     * Products and sums of the Gram matrix in float32 within 128 pixels, double across them; projection in float32. Valid
     * to 30 dB of clutter above blood: with 32768 pixels and 200 frames the power Doppler is within 1e-2 of its maximum
     * there (measured 4e-3 to 8e-3; 2e-4 at 20 dB, 2e-2 at 40 dB). Warns when the largest energy is more than 1e6 times that of
     * the first component kept.
     */
    FAST,
    /**
     * The Gram matrix in double from exact products, projection in float32. At 60 dB of clutter above blood, the power
     * Doppler is within 1e-4 and the frames within 1e-3 of their maximum.
     */
    ACCURATE,
    /** Everything in double, rounded once at the end: the error is 6e-8 of the result. Slower by far. */
    DOUBLE
}
