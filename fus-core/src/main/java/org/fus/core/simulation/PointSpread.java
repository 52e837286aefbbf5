package org.fus.core.simulation;

import org.fus.core.geometry.PixelGrid;

/**
 * Adds point scatterers to a complex image: a Gaussian of the width of the beam, with the phase that a beamformer gives,
 * {@code 4 pi f (z_pixel - z_scatterer) / c}: it decreases when the scatterer moves away.
 */
final class PointSpread {
    private static final int SUB_PIXELS = 64;

    private final PixelGrid grid;
    private final double turnsPerM;
    private final float stepRe; // from one row to the next
    private final float stepIm;
    private final Axis alongX;
    private final Axis alongZ;

    /** The weights of the pixels around a point, by the place of the point between two pixels. */
    @SuppressWarnings("ArrayRecordComponent") // tables of this class alone
    private record Axis(int half, float[][] weights) {
        static Axis of(double sigmaPixels) {
            int half = (int) Math.ceil(2.5 * sigmaPixels); // 27 dB down at the edge
            float[][] weights = new float[SUB_PIXELS][2 * half];
            for (int s = 0; s < SUB_PIXELS; s++) {
                for (int t = 0; t < 2 * half; t++) {
                    double d = (t - (half - 1) - (s + 0.5) / SUB_PIXELS) / sigmaPixels;
                    weights[s][t] = (float) StrictMath.exp(-d * d / 2);
                }
            }
            return new Axis(half, weights);
        }

        float[] weightsAt(double fraction) {
            return weights[Math.min(SUB_PIXELS - 1, (int) (fraction * SUB_PIXELS))]; // a rounded fraction may be 1
        }
    }

    /**
     * A point spread on a grid.
     *
     * @param sigmaXM standard deviation of the amplitude along x
     * @param sigmaZM the same along z
     * @param turnsPerM turns of the phase per metre of depth, 2 f / c
     */
    PointSpread(PixelGrid grid, double sigmaXM, double sigmaZM, double turnsPerM) {
        this.grid = grid;
        this.turnsPerM = turnsPerM;
        double step = turnsPerM * grid.dzM();
        this.stepRe = (float) StrictMath.cos(2 * Math.PI * step);
        this.stepIm = (float) StrictMath.sin(2 * Math.PI * step);
        this.alongX = Axis.of(sigmaXM / grid.dxM());
        this.alongZ = Axis.of(sigmaZM / grid.dzM());
    }

    /** Whether a point shows in the image. */
    boolean reaches(double xM, double depthM) {
        double px = (xM - grid.x0M()) / grid.dxM();
        double pz = (depthM - grid.z0M()) / grid.dzM();
        return px > -alongX.half()
                && px < grid.nx() - 1 + alongX.half()
                && pz > -alongZ.half()
                && pz < grid.nz() - 1 + alongZ.half();
    }

    /** Adds one point of a complex amplitude to {@code [z][x]} pairs (re, im). */
    void add(float[] image, double xM, double depthM, float amplitudeRe, float amplitudeIm) {
        double px = (xM - grid.x0M()) / grid.dxM();
        double pz = (depthM - grid.z0M()) / grid.dzM();
        int floorX = (int) Math.floor(px);
        int floorZ = (int) Math.floor(pz);
        int firstX = floorX - (alongX.half() - 1);
        int firstZ = floorZ - (alongZ.half() - 1);
        int fromX = Math.max(0, -firstX);
        int toX = Math.min(2 * alongX.half(), grid.nx() - firstX);
        int fromZ = Math.max(0, -firstZ);
        int toZ = Math.min(2 * alongZ.half(), grid.nz() - firstZ);
        if (fromX >= toX || fromZ >= toZ) {
            return;
        }
        float[] wx = alongX.weightsAt(px - floorX);
        float[] wz = alongZ.weightsAt(pz - floorZ);
        double turns = turnsPerM * (grid.z0M() + (firstZ + fromZ) * grid.dzM() - depthM);
        int phase = PhaseTable.index(turns);
        float cos = PhaseTable.cosine(phase);
        float sin = PhaseTable.sine(phase);
        float re = amplitudeRe * cos - amplitudeIm * sin;
        float im = amplitudeRe * sin + amplitudeIm * cos;
        for (int t = fromZ; t < toZ; t++) {
            float rowRe = re * wz[t];
            float rowIm = im * wz[t];
            int at = 2 * ((firstZ + t) * grid.nx() + firstX);
            for (int s = fromX; s < toX; s++) {
                image[at + 2 * s] += rowRe * wx[s];
                image[at + 2 * s + 1] += rowIm * wx[s];
            }
            float next = re * stepRe - im * stepIm;
            im = re * stepIm + im * stepRe;
            re = next;
        }
    }
}
