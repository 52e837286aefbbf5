package org.fus.core.simulation;

import java.util.SplittableRandom;
import org.fus.core.geometry.Affine3;

/**
 * The small vessels that one image plane sees. Each point stands for many of them that no image resolves: its echo is the sum
 * of {@link #TONES} flows of 1 to 8 mm/s in random directions, so that it fluctuates like speckle around a mean power that
 * does not, as a small volume of tissue with blood in it does.
 */
final class CapillaryBed {
    /** Flows per point: as few as make the echo fluctuate like a Gaussian process. */
    private static final int TONES = 4;

    private static final double SLOWEST_M_PER_S = 1e-3;
    private static final double FASTEST_M_PER_S = 8e-3;

    private final double amplitude;
    private final double[] place; // x, y, z in the ARRAY frame
    private final double[] share; // of the functional region
    private final double[] turnsPerS; // Doppler shift of each flow, LAB z up: the sign is that of the probe above it
    private final double[] turns; // at time 0

    private CapillaryBed(double amplitude, int n) {
        this.amplitude = amplitude;
        this.place = new double[3 * n];
        this.share = new double[n];
        this.turnsPerS = new double[TONES * n];
        this.turns = new double[TONES * n];
    }

    /**
     * What is seen of a scene.
     *
     * @param places of all points, LAB
     * @param amplitude of a point
     * @param turnsPerM turns of the phase per metre of depth
     */
    static CapillaryBed of(
            VascularScene scene,
            double[][] places,
            double amplitude,
            double turnsPerM,
            Affine3 labToArray,
            PlaneImage image) {
        int[] found = new int[places[0].length];
        int n = 0;
        for (int i = 0; i < found.length; i++) {
            double[] p = labToArray.apply(places[0][i], places[1][i], places[2][i]);
            if (image.shows(p[0], p[1], p[2])) {
                found[n++] = i;
            }
        }
        CapillaryBed bed = new CapillaryBed(amplitude / Math.sqrt(TONES), n);
        for (int k = 0; k < n; k++) {
            int i = found[k];
            double[] p = labToArray.apply(places[0][i], places[1][i], places[2][i]);
            System.arraycopy(p, 0, bed.place, 3 * k, 3);
            double w = scene.region().weight(places[0][i], places[1][i], places[2][i]);
            bed.share[k] = w < 1e-4 ? 0 : w;
            SplittableRandom random = Seeds.stream(scene.seed(), Seeds.Purpose.CAPILLARY, i);
            for (int t = TONES * k; t < TONES * (k + 1); t++) {
                double speed = SLOWEST_M_PER_S + (FASTEST_M_PER_S - SLOWEST_M_PER_S) * random.nextDouble();
                double up = 2 * random.nextDouble() - 1; // directions uniform over the sphere
                bed.turnsPerS[t] = turnsPerM * speed * up;
                bed.turns[t] = random.nextDouble();
            }
        }
        return bed;
    }

    /** Adds the bed to an image, with blood volumes of {@code 1 + change * share}. */
    void add(PlaneImage image, double timeS, double change) {
        for (int k = 0; k < share.length; k++) {
            float re = 0;
            float im = 0;
            for (int t = TONES * k; t < TONES * (k + 1); t++) {
                int phase = PhaseTable.index(turns[t] + timeS * turnsPerS[t]);
                re += PhaseTable.cosine(phase);
                im += PhaseTable.sine(phase);
            }
            double a = share[k] > 0 ? amplitude * Math.sqrt(1 + change * share[k]) : amplitude;
            image.add(place[3 * k], place[3 * k + 1], place[3 * k + 2], (float) a * re, (float) a * im);
        }
    }
}
