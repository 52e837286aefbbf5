package org.fus.examples.bench;

import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;

/**
 * The ensemble of the singular value yardstick: 128 x 256 pixels, 200 frames, 20 components of tissue, blood in every
 * tenth pixel, the same hashed samples as in C++.
 *
 * @param ensemble the frames
 */
record SvdInput(IqEnsemble ensemble) {
    static final int FRAMES = 200;
    static final int PIXELS = 128 * 256;
    static final double FRAME_RATE_HZ = 500;

    private static final int CLUTTER = 20;
    private static final double UNIT = 2048;

    static SvdInput of(double clutterDb) {
        double[][] cos = new double[CLUTTER][FRAMES];
        double[][] sin = new double[CLUTTER][FRAMES];
        for (int k = 0; k < CLUTTER; k++) {
            for (int t = 0; t < FRAMES; t++) {
                double phase = 2 * Math.PI * (k - CLUTTER / 2) * 0.15 * t / FRAMES;
                cos[k][t] = Math.pow(0.7, k) * Math.cos(phase);
                sin[k][t] = Math.pow(0.7, k) * Math.sin(phase);
            }
        }
        double amplitude = Math.pow(10, clutterDb / 20) / UNIT;
        float[][] frames = new float[FRAMES][2 * PIXELS];
        double[] a = new double[CLUTTER];
        double[] b = new double[CLUTTER];
        for (int p = 0; p < PIXELS; p++) {
            for (int k = 0; k < CLUTTER; k++) {
                int j = 100_000_000 + (p * CLUTTER + k) * 2;
                a[k] = amplitude * HashedSamples.at(j);
                b[k] = amplitude * HashedSamples.at(j + 1);
            }
            double blood = (p % 10 == 3 ? 1 : 0.01) / UNIT;
            for (int t = 0; t < FRAMES; t++) {
                int i = (p * FRAMES + t) * 2;
                double re = blood * HashedSamples.at(i);
                double im = blood * HashedSamples.at(i + 1);
                for (int k = 0; k < CLUTTER; k++) {
                    re += a[k] * cos[k][t] - b[k] * sin[k][t];
                    im += a[k] * sin[k][t] + b[k] * cos[k][t];
                }
                frames[t][2 * p] = (float) re;
                frames[t][2 * p + 1] = (float) im;
            }
        }
        PixelGrid grid = new PixelGrid(0, 0, 2e-3, 1e-4, PixelGrid.DEFAULT_SLICE_M, 1e-4, 128, 1, 256);
        IqEnsemble.Timing timing = new IqEnsemble.Timing(FRAME_RATE_HZ, 15e6, 1540);
        return new SvdInput(IqEnsemble.copyOf(grid, timing, frames, Provenance.none()));
    }
}
