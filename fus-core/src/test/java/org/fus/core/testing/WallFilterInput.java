package org.fus.core.testing;

import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;

/** The ensemble of the golden sets of colour Doppler and wall filters: 24 x 20 pixels, 32 frames at 4 kHz, 7.6 MHz. */
public final class WallFilterInput {
    public static final int NZ = 24;
    public static final int NX = 20;
    public static final int FRAMES = 32;
    public static final IqEnsemble.Timing TIMING = new IqEnsemble.Timing(4000, 7.6e6, 1540);

    private WallFilterInput() {}

    /** From samples {@code [z][x][frame]}. */
    public static IqEnsemble ensemble(float[] iq) {
        float[][] data = new float[FRAMES][2 * NZ * NX];
        for (int p = 0; p < NZ * NX; p++) {
            for (int t = 0; t < FRAMES; t++) {
                data[t][2 * p] = iq[2 * (p * FRAMES + t)];
                data[t][2 * p + 1] = iq[2 * (p * FRAMES + t) + 1];
            }
        }
        PixelGrid grid = new PixelGrid(0, 0, 1e-3, 1e-4, 4e-4, 1e-4, NX, 1, NZ);
        return IqEnsemble.copyOf(grid, TIMING, data, Provenance.none());
    }
}
