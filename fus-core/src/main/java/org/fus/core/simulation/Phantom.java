package org.fus.core.simulation;

import java.util.List;

/**
 * What is imaged: tissue, vessels, and how much noise the electronics add. Immutable.
 *
 * @param seed everything random follows from it
 * @param tissue regions that move, each rigidly; may be empty
 * @param vessels vessels with blood; may be empty
 * @param noiseBelowBloodDb how far the noise of a channel lies below the blood's RF, decibels: 20 log10 of the blood's
 *     rms over the noise's rms, the former over the samples of frame 0 that blood echoes reach.
 *     {@link Double#POSITIVE_INFINITY} is no noise, the only choice without vessels.
 */
public record Phantom(long seed, List<TissueRegion> tissue, List<Vessel> vessels, double noiseBelowBloodDb) {
    /** Checks and copies. */
    public Phantom {
        tissue = List.copyOf(tissue);
        vessels = List.copyOf(vessels);
        if (tissue.isEmpty() && vessels.isEmpty()) {
            throw new IllegalArgumentException("a phantom needs at least one tissue region or vessel");
        }
        if (Double.isNaN(noiseBelowBloodDb) || noiseBelowBloodDb == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("noiseBelowBloodDb is " + noiseBelowBloodDb
                    + ", expected decibels, or positive infinity for no noise");
        }
        if (vessels.isEmpty() && noiseBelowBloodDb != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("noise " + noiseBelowBloodDb
                    + " dB below blood, but the phantom has no vessel; use positive infinity (no noise)");
        }
    }

    /**
     * One point at rest and nothing else, for point spread functions.
     *
     * @param xM lateral position, metres
     * @param zM depth, metres, positive
     * @return the phantom
     */
    public static Phantom point(double xM, double zM) {
        return new Phantom(
                0,
                List.of(new TissueRegion(Scatterers.point(xM, zM), TissueMotion.NONE)),
                List.of(),
                Double.POSITIVE_INFINITY);
    }

    /**
     * The same blood without tissue and noise: what a perfect clutter filter would leave.
     *
     * @return a changed copy
     * @throws IllegalArgumentException when there is no vessel
     */
    public Phantom bloodOnly() {
        return new Phantom(seed, List.of(), vessels, Double.POSITIVE_INFINITY);
    }
}
