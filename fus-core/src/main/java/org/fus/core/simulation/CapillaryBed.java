package org.fus.core.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;

/**
 * The capillary scatterers that one image plane sees. Each goes straight for 0.3 mm, at 0.5 to 3 mm/s, in a random direction
 * around its home, comes up and fades, and then does so again from another point and in another direction: what it does in a
 * lap follows from the seed alone.
 */
final class CapillaryBed {
    private static final double WAY_M = 0.3e-3;
    private static final double AROUND_M = 0.15e-3;

    /** Farthest from home: half a way, and the corner of the cube around home. */
    static final double REACH_M = WAY_M / 2 + AROUND_M * Math.sqrt(3);

    /** The fading {@code 4 f (1 - f)} has a mean square of 8 / 15. */
    private static final double UNIT_FADING = 4 / Math.sqrt(8.0 / 15);

    private static final double SLOWEST_M_PER_S = 0.5e-3;
    private static final double FASTEST_M_PER_S = 3e-3;

    private final long seed;
    private final double amplitude;
    private final Affine3 labToArray;
    private final int[] number; // of the scatterer in the scene
    private final double[] home; // x, y, z in the ARRAY frame
    private final double[] share; // of the functional region
    private final double[] lapsPerS;
    private final double[] start; // laps at time 0
    private final long[] lap;
    private final double[] way; // of the lap in hand: middle, then the whole way
    private final double[] strength;

    private CapillaryBed(long seed, double amplitude, Affine3 labToArray, int[] number) {
        int n = number.length;
        this.seed = seed;
        this.amplitude = amplitude;
        this.labToArray = labToArray;
        this.number = number;
        this.home = new double[3 * n];
        this.share = new double[n];
        this.lapsPerS = new double[n];
        this.start = new double[n];
        this.lap = new long[n];
        this.way = new double[6 * n];
        this.strength = new double[n];
        Arrays.fill(lap, Long.MIN_VALUE);
    }

    /** What is seen within a box around the plane. */
    static CapillaryBed of(VascularScene scene, double[][] places, double amplitude, Affine3 labToArray, Box box) {
        int[] found = new int[places[0].length];
        int n = 0;
        for (int i = 0; i < found.length; i++) {
            double[] p = labToArray.apply(places[0][i], places[1][i], places[2][i]);
            if (box.holds(p[0], p[1], p[2])) {
                found[n++] = i;
            }
        }
        CapillaryBed bed = new CapillaryBed(scene.seed(), amplitude, labToArray, Arrays.copyOf(found, n));
        for (int k = 0; k < n; k++) {
            int i = found[k];
            double[] p = labToArray.apply(places[0][i], places[1][i], places[2][i]);
            System.arraycopy(p, 0, bed.home, 3 * k, 3);
            double w = scene.region().weight(places[0][i], places[1][i], places[2][i]);
            bed.share[k] = w < 1e-4 ? 0 : w;
            SplittableRandom random = Seeds.stream(scene.seed(), Seeds.Purpose.CAPILLARY, i);
            bed.lapsPerS[k] = (SLOWEST_M_PER_S + (FASTEST_M_PER_S - SLOWEST_M_PER_S) * random.nextDouble()) / WAY_M;
            bed.start[k] = random.nextDouble();
        }
        return bed;
    }

    /** Part of space around an image plane, ARRAY frame, metres. */
    record Box(double x0, double x1, double y0, double y1, double z0, double z1) {
        static Box around(PixelGrid grid, int slice, double marginXM, double marginYM, double marginZM) {
            return new Box(
                    grid.x0M() - marginXM,
                    grid.xM(grid.nx() - 1) + marginXM,
                    grid.yM(slice) - marginYM,
                    grid.yM(slice) + marginYM,
                    grid.z0M() - marginZM,
                    grid.zM(grid.nz() - 1) + marginZM);
        }

        boolean holds(double x, double y, double z) {
            return x >= x0 && x <= x1 && y >= y0 && y <= y1 && z >= z0 && z <= z1;
        }
    }

    /** Adds the bed to an image, with blood volumes of {@code 1 + change * share}. */
    void add(PlaneImage image, double timeS, double change) {
        for (int k = 0; k < number.length; k++) {
            double laps = start[k] + timeS * lapsPerS[k];
            double whole = Math.floor(laps);
            if (lap[k] != (long) whole) {
                begin(k, (long) whole);
            }
            double f = laps - whole;
            int w = 6 * k;
            double a = amplitude * strength[k] * UNIT_FADING * f * (1 - f);
            if (share[k] > 0) {
                a *= Math.sqrt(1 + change * share[k]);
            }
            double p = f - 0.5;
            image.add(way[w] + p * way[w + 3], way[w + 1] + p * way[w + 4], way[w + 2] + p * way[w + 5], a);
        }
    }

    private void begin(int k, long number0) {
        lap[k] = number0;
        SplittableRandom random = Seeds.stream(seed, Seeds.Purpose.CAPILLARY_LAP, number[k], number0);
        strength[k] = GaussianNoise.next(random);
        double up = 2 * random.nextDouble() - 1;
        double turn = 2 * Math.PI * random.nextDouble();
        double across = Math.sqrt(1 - up * up);
        double[] dir = {across * StrictMath.cos(turn), across * StrictMath.sin(turn), up};
        for (int axis = 0; axis < 3; axis++) {
            way[6 * k + axis] = home[3 * k + axis];
        }
        for (int axis = 0; axis < 3; axis++) {
            double aside = AROUND_M * (2 * random.nextDouble() - 1);
            for (int row = 0; row < 3; row++) {
                way[6 * k + row] += labToArray.at(row, axis) * aside;
            }
        }
        for (int row = 0; row < 3; row++) {
            way[6 * k + 3 + row] = WAY_M
                    * (labToArray.at(row, 0) * dir[0]
                            + labToArray.at(row, 1) * dir[1]
                            + labToArray.at(row, 2) * dir[2]);
        }
    }
}
