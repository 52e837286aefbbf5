package org.fus.examples.quickstart;

import java.util.Locale;

/**
 * What can be changed about the quickstart.
 *
 * @param seed everything random follows from it
 * @param flowMPerS mean speed of the blood, metres per second; negative reverses both vessels, 0 stops them
 * @param vesselDepthM depth of the middle of the vessels, metres
 * @param removedComponents singular components that the clutter filter removes
 */
public record QuickstartOptions(long seed, double flowMPerS, double vesselDepthM, int removedComponents) {
    /** Seed 1, 5 mm/s, 6.5 mm, 30 components. */
    public static final QuickstartOptions DEFAULT = new QuickstartOptions(1, 5e-3, 6.5e-3, 30);

    /** Peak speed, twice the mean, at which the phase turns by pi from frame to frame: c 500 Hz / (4 x 15.625 MHz). */
    private static final double NYQUIST_M_PER_S = 1540.0 * 500 / (4 * 15.625e6);

    /** Checks the ranges. */
    public QuickstartOptions {
        if (!(2 * Math.abs(flowMPerS) < NYQUIST_M_PER_S)) {
            throw new IllegalArgumentException(
                    "flow of " + flowMPerS * 1e3 + " mm/s: its peak, twice the mean, must stay" + " below the "
                            + NYQUIST_M_PER_S * 1e3 + " mm/s at which velocities alias");
        }
        if (!(vesselDepthM >= 4e-3) || !(vesselDepthM <= 9e-3)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "vessel depth of %.2f mm must be 4 to 9 mm, so that the tissue around it lies within the array's"
                            + " view",
                    vesselDepthM * 1e3));
        }
        if (removedComponents < 0 || removedComponents >= Acquired.FRAMES) {
            throw new IllegalArgumentException("removing " + removedComponents + " singular components of "
                    + Acquired.FRAMES + " frames: must be 0 to " + (Acquired.FRAMES - 1));
        }
    }

    /**
     * The same with another seed.
     *
     * @param value everything random follows from it
     * @return a changed copy
     */
    public QuickstartOptions withSeed(long value) {
        return new QuickstartOptions(value, flowMPerS, vesselDepthM, removedComponents);
    }

    /**
     * The same with another flow.
     *
     * @param value mean speed of the blood, metres per second
     * @return a changed copy
     */
    public QuickstartOptions withFlowMPerS(double value) {
        return new QuickstartOptions(seed, value, vesselDepthM, removedComponents);
    }

    /**
     * The same with vessels elsewhere.
     *
     * @param value depth of the middle of the vessels, metres
     * @return a changed copy
     */
    public QuickstartOptions withVesselDepthM(double value) {
        return new QuickstartOptions(seed, flowMPerS, value, removedComponents);
    }
}
