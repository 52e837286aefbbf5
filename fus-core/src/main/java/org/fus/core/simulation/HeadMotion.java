package org.fus.core.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Drift, breathing and heart beat of a head-fixed mouse: together a mean axial speed of some 0.03 mm/s, as reported for the
 * awake mouse, in a direction and phase of each region's own.
 */
final class HeadMotion {
    private HeadMotion() {}

    static TissueMotion of(long seed, int region) {
        SplittableRandom random = Seeds.stream(seed, Seeds.Purpose.MOTION, region);
        return new TissueMotion(
                10e-6 * (2 * random.nextDouble() - 1),
                10e-6 * (2 * random.nextDouble() - 1),
                List.of(
                        oscillation(2, 0.5e-6, 2e-6, random), // breathing
                        oscillation(8, 0.2e-6, 0.5e-6, random))); // heart
    }

    private static TissueMotion.Oscillation oscillation(double hz, double xM, double zM, SplittableRandom random) {
        return new TissueMotion.Oscillation(
                hz,
                xM * (0.5 + random.nextDouble()),
                zM * (0.5 + random.nextDouble()),
                2 * Math.PI * random.nextDouble());
    }
}
