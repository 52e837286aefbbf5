package org.fus.core.testing;

import java.util.SplittableRandom;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;

/** Ensembles for tests. */
public final class Ensembles {
    public static final IqEnsemble.Timing TIMING = new IqEnsemble.Timing(500, 15.625e6, 1540);

    private Ensembles() {}

    /** Frames {@code [frame][pixel]} interleaved (re, im) on a grid of one row or, when pixels are nz x nx, of several. */
    public static IqEnsemble of(float[][] frames, int nz, int nx) {
        PixelGrid grid = new PixelGrid(0, 0, 1e-3, 1e-4, 4e-4, 1e-4, nx, 1, nz);
        return IqEnsemble.copyOf(grid, TIMING, frames, Provenance.none());
    }

    public static IqEnsemble random(int frames, int nz, int nx, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] data = new float[frames][2 * nz * nx];
        for (float[] frame : data) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextDouble(-1, 1);
            }
        }
        return of(data, nz, nx);
    }

    /** Largest distance of two ensembles over the largest magnitude of the first. */
    public static double relativeDifference(IqEnsemble a, IqEnsemble b) {
        double max = 1e-30;
        double difference = 0;
        for (int f = 0; f < a.frames(); f++) {
            float[] x = a.copyFrame(f);
            float[] y = b.copyFrame(f);
            for (int i = 0; i < x.length; i += 2) {
                max = Math.max(max, Math.hypot(x[i], x[i + 1]));
                difference = Math.max(difference, Math.hypot(x[i] - y[i], x[i + 1] - y[i + 1]));
            }
        }
        return difference / max;
    }

    /** Golden frames {@code [frame][pixel]}. */
    public static float[][] split(float[] flat, int frames) {
        float[][] out = new float[frames][flat.length / frames];
        for (int f = 0; f < frames; f++) {
            System.arraycopy(flat, f * out[f].length, out[f], 0, out[f].length);
        }
        return out;
    }
}
