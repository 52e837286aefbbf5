package org.fus.core.simulation;

import org.fus.core.geometry.Affine3;

/** The image of one plane, to which scatterers are added as the probe sees them. Not thread-safe. */
final class PlaneImage {
    private static final int STEPS = 1024;

    /** Echoes farther from the plane than this many widths of the beam are 22 dB down, and left out. */
    private static final double CUT_WIDTHS = 0.95;

    private final float[] values;
    private final double planeYM;
    private final double cutYM;
    private final float[] weights = new float[STEPS + 1];
    private final PointSpread spread;
    private final Affine3 arrayToLab;
    private final FunctionalRegion region;

    /**
     * A plane.
     *
     * @param pixels number of pixels
     * @param planeYM elevation, ARRAY frame
     * @param widthM half-amplitude width of the beam in elevation
     * @param spread adds points
     * @param arrayToLab where the probe is
     * @param region what answers to the stimulus
     */
    PlaneImage(
            int pixels,
            double planeYM,
            double widthM,
            PointSpread spread,
            Affine3 arrayToLab,
            FunctionalRegion region) {
        this.values = new float[2 * pixels];
        this.planeYM = planeYM;
        this.cutYM = CUT_WIDTHS * widthM;
        this.spread = spread;
        this.arrayToLab = arrayToLab;
        this.region = region;
        ElevationBeam beam = new ElevationBeam(widthM);
        for (int i = 0; i < STEPS; i++) {
            weights[i] = (float) beam.weight((i + 0.5) / STEPS * cutYM);
        }
    }

    /** {@code [z][x]} pairs (re, im). */
    float[] values() {
        return values;
    }

    double planeYM() {
        return planeYM;
    }

    double cutYM() {
        return cutYM;
    }

    /** Adds a scatterer of a complex amplitude, ARRAY frame. */
    void add(double x, double y, double z, float amplitudeRe, float amplitudeIm) {
        double off = Math.abs(y - planeYM);
        if (off < cutYM) {
            float w = weights[(int) (off / cutYM * STEPS)];
            spread.add(values, x, z, amplitudeRe * w, amplitudeIm * w);
        }
    }

    /** Whether a place shows in the image at all. */
    boolean shows(double x, double y, double z) {
        return Math.abs(y - planeYM) < cutYM && spread.reaches(x, z);
    }

    /** How much a place of the ARRAY frame takes part in the response. */
    double share(double x, double y, double z) {
        double[] p = arrayToLab.apply(x, y, z);
        return region.weight(p[0], p[1], p[2]);
    }
}
