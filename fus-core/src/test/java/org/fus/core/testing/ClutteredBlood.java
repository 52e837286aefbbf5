package org.fus.core.testing;

import java.util.SplittableRandom;
import org.fus.core.data.IqEnsemble;

/** Ensembles of tissue with few singular components, far above blood in a tenth of the pixels. */
public final class ClutteredBlood {
    /** Singular components of the tissue. */
    public static final int COMPONENTS = 20;

    private ClutteredBlood() {}

    /**
     * Makes one.
     *
     * @param clutterDb power of the tissue of a pixel over that of its blood
     */
    public static IqEnsemble of(int frames, int nz, int nx, double clutterDb, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int pixels = nz * nx;
        double[][] clutter = new double[frames][2 * pixels];
        for (int k = 0; k < COMPONENTS; k++) {
            double turns = (k - COMPONENTS / 2.0) * 0.15;
            double weight = Math.pow(0.7, k);
            double[] re = random.doubles(pixels, -1, 1).toArray();
            double[] im = random.doubles(pixels, -1, 1).toArray();
            for (int t = 0; t < frames; t++) {
                double c = weight * Math.cos(2 * Math.PI * turns * t / frames);
                double s = weight * Math.sin(2 * Math.PI * turns * t / frames);
                for (int p = 0; p < pixels; p++) {
                    clutter[t][2 * p] += c * re[p] - s * im[p];
                    clutter[t][2 * p + 1] += c * im[p] + s * re[p];
                }
            }
        }
        float[][] data = new float[frames][2 * pixels];
        double amplitude = Math.pow(10, clutterDb / 20);
        for (int p = 0; p < pixels; p++) {
            double power = 0;
            for (int t = 0; t < frames; t++) {
                power += Math.pow(clutter[t][2 * p], 2) + Math.pow(clutter[t][2 * p + 1], 2);
            }
            double scale = amplitude / Math.sqrt(power / frames);
            boolean blood = p % 10 == 3;
            double turn = random.nextDouble(-0.8, 0.8);
            for (int t = 0; t < frames; t++) {
                for (int c = 0; c < 2; c++) {
                    double flow = blood
                            ? Math.cos(turn * t * Math.PI - c * Math.PI / 2) + 0.2 * random.nextGaussian()
                            : 0.01 * random.nextGaussian();
                    data[t][2 * p + c] = (float) (scale * clutter[t][2 * p + c] + flow);
                }
            }
        }
        return Ensembles.of(data, nz, nx);
    }
}
