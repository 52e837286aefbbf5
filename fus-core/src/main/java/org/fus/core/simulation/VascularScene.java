package org.fus.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.fus.core.geometry.Vector3;

/**
 * Recipe of a piece of brain that stands in the LAB frame, below a probe at home: tissue, a bed of capillaries, penetrating
 * arterioles and venules, larger vessels, and a region that answers to a stimulus. What a probe sees of it follows from
 * where the probe is. Lies between x = +-6.4 mm, y = +-5 mm, 1.5 to 10 mm below home. Immutable; see {@link ImageSimulator}.
 *
 * @param seed everything random follows from it
 * @param region what answers to the stimulus
 * @param clutterAboveBloodDb echo power of tissue over that of the capillary bed, decibels
 * @param noiseBelowBloodDb how far the noise lies below the capillary bed, decibels; positive infinity for none
 */
public record VascularScene(long seed, FunctionalRegion region, double clutterAboveBloodDb, double noiseBelowBloodDb) {
    /**
     * Seed 1; 30 % more blood in a region of 0.5 mm at x = 2 mm, y = 0.2 mm, 4 mm deep (evoked responses of 10 to 39 % are
     * reported); clutter 40 dB above and noise 10 dB below the capillary bed.
     */
    public static final VascularScene DEFAULT = new VascularScene(
            1,
            new FunctionalRegion(new Vector3(2e-3, 0.2e-3, -4e-3), 0.5e-3, 0.3, HaemodynamicResponse.RODENT),
            40,
            10);

    /** Half the extent along x, metres. */
    public static final double HALF_X_M = 6.4e-3;

    /** Half the extent along y, metres. */
    public static final double HALF_Y_M = 5e-3;

    /** Depth of the surface of the brain below a probe at home, metres. */
    public static final double NEAR_M = 1.5e-3;

    /** Depth of the lower end, metres. */
    public static final double FAR_M = 10e-3;

    /** Points of the capillary bed per cubic metre: few enough for images in real time, less than one per resolution cell at 15 MHz. */
    static final double CAPILLARIES_PER_M3 = 60e9;

    /** Tissue scatterers per cubic metre. */
    static final double TISSUE_PER_M3 = 80e9;

    /** Echo power per volume of a vessel over that of the capillary bed, where blood is a few per cent of the volume. */
    private static final double VESSEL_OVER_BED = 20;

    private static final double PENETRATING_SPACING_M = 0.8e-3;
    private static final double PENETRATING_LENGTH_M = 1.7e-3;

    /** Checks the figures. */
    public VascularScene {
        Objects.requireNonNull(region, "region");
        if (!Double.isFinite(clutterAboveBloodDb)
                || Double.isNaN(noiseBelowBloodDb)
                || noiseBelowBloodDb == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("clutter " + clutterAboveBloodDb + " dB above and noise "
                    + noiseBelowBloodDb + " dB below blood: expected decibels, or positive infinity for no noise");
        }
    }

    /**
     * The same with another seed.
     *
     * @param newSeed everything random follows from it
     * @return a changed copy
     */
    public VascularScene withSeed(long newSeed) {
        return new VascularScene(newSeed, region, clutterAboveBloodDb, noiseBelowBloodDb);
    }

    /**
     * The same with another region.
     *
     * @param newRegion what answers to the stimulus
     * @return a changed copy
     */
    public VascularScene withRegion(FunctionalRegion newRegion) {
        return new VascularScene(seed, newRegion, clutterAboveBloodDb, noiseBelowBloodDb);
    }

    /** Places of scatterers, uniform over the brain, in the LAB frame. */
    double[][] places(Seeds.Purpose purpose, double perM3) {
        int n = (int) Math.round(perM3 * 4 * HALF_X_M * HALF_Y_M * (FAR_M - NEAR_M));
        SplittableRandom random = Seeds.stream(seed, purpose);
        double[][] at = new double[3][n];
        for (int i = 0; i < n; i++) {
            at[0][i] = HALF_X_M * (2 * random.nextDouble() - 1);
            at[1][i] = HALF_Y_M * (2 * random.nextDouble() - 1);
            at[2][i] = -NEAR_M - (FAR_M - NEAR_M) * random.nextDouble();
        }
        return at;
    }

    /** All vessels, LAB frame; amplitudes relative to those of the capillary bed. */
    List<Tube> tubes() {
        SplittableRandom random = Seeds.stream(seed, Seeds.Purpose.SCENE);
        List<Tube> all = new ArrayList<>();
        // the sinus along the midline, on the surface
        all.add(tube(new Vector3(0, -HALF_Y_M, -1.8e-3), new Vector3(0, HALF_Y_M, -1.8e-3), 0.2e-3, 15e-3, 800));
        for (double x = -HALF_X_M + 0.4e-3; x < HALF_X_M; x += PENETRATING_SPACING_M) {
            for (double y = -HALF_Y_M + 0.4e-3; y < HALF_Y_M; y += PENETRATING_SPACING_M) {
                all.add(penetrating(x, y, random));
            }
        }
        for (int i = 0; i < 24; i++) {
            all.add(deep(random));
        }
        return all;
    }

    /** 55 % arterioles, which run down, and 45 % venules, which run up (Brunner et al. 2022 count so in mouse cortex). */
    private static Tube penetrating(double x, double y, SplittableRandom random) {
        Vector3 top = new Vector3(x + jitter(0.3e-3, random), y + jitter(0.3e-3, random), -NEAR_M);
        Vector3 bottom = top.plus(new Vector3(jitter(0.2e-3, random), jitter(0.2e-3, random), -PENETRATING_LENGTH_M));
        boolean arteriole = random.nextDouble() < 0.55;
        double radius = 20e-6 + 25e-6 * random.nextDouble();
        double speed = 3e-3 + 5e-3 * random.nextDouble();
        return arteriole ? tube(top, bottom, radius, speed, 80) : tube(bottom, top, radius, speed, 80);
    }

    private static Tube deep(SplittableRandom random) {
        Vector3 from = new Vector3(
                jitter(HALF_X_M - 1e-3, random),
                jitter(HALF_Y_M - 0.5e-3, random),
                -5e-3 - 4.5e-3 * random.nextDouble());
        double length = 1.5e-3 + 2e-3 * random.nextDouble();
        Vector3 along = new Vector3(jitter(0.7, random), jitter(0.7, random), 1).unit();
        Vector3 to = from.plus(along.times(length));
        double radius = 50e-6 + 60e-6 * random.nextDouble();
        double speed = 4e-3 + 6e-3 * random.nextDouble();
        return random.nextBoolean() ? tube(from, to, radius, speed, 160) : tube(to, from, radius, speed, 160);
    }

    private static double jitter(double most, SplittableRandom random) {
        return most * (2 * random.nextDouble() - 1);
    }

    private static Tube tube(Vector3 start, Vector3 end, double radiusM, double speedMPerS, int scatterers) {
        double volumeM3 = Math.PI * radiusM * radiusM * end.minus(start).length();
        double amplitude = Math.sqrt(VESSEL_OVER_BED * CAPILLARIES_PER_M3 * volumeM3 / scatterers);
        return new Tube(start, end, radiusM, speedMPerS, scatterers, amplitude);
    }
}
