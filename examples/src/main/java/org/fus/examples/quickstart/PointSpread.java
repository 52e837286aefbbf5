package org.fus.examples.quickstart;

import org.fus.core.geometry.PixelGrid;
import org.fus.core.run.RunContext;
import org.fus.core.simulation.Phantom;

/**
 * The image of one point: its widths where the envelope has fallen to half (-6 dB).
 *
 * @param lateralM width along the array, metres
 * @param axialM width along the depth, metres
 */
record PointSpread(double lateralM, double axialM) {
    private static final double STEP_X_M = 5e-6;
    private static final double STEP_Z_M = 2.5e-6;
    private static final int MIDDLE = 60;
    private static final int SIDE = 2 * MIDDLE + 1;

    static PointSpread at(double xM, double zM, RunContext context) {
        double x0M = xM - MIDDLE * STEP_X_M;
        double z0M = zM - MIDDLE * STEP_Z_M;
        PixelGrid grid = new PixelGrid(x0M, 0, z0M, STEP_X_M, PixelGrid.DEFAULT_SLICE_M, STEP_Z_M, SIDE, 1, SIDE);
        float[] image =
                Acquired.of(Phantom.point(xM, zM), grid, 1, context).ensemble().copyFrame(0);
        double[] envelope = new double[grid.size()];
        int peak = 0;
        for (int p = 0; p < envelope.length; p++) {
            envelope[p] = Math.hypot(image[2 * p], image[2 * p + 1]);
            peak = envelope[p] > envelope[peak] ? p : peak;
        }
        double[] across = new double[SIDE];
        double[] along = new double[SIDE];
        for (int i = 0; i < SIDE; i++) {
            across[i] = envelope[grid.index(peak / SIDE, 0, i)];
            along[i] = envelope[grid.index(i, 0, peak % SIDE)];
        }
        return new PointSpread(halfWidth(across) * STEP_X_M, halfWidth(along) * STEP_Z_M);
    }

    /** Full width at half maximum in samples, with linear interpolation. */
    private static double halfWidth(double[] profile) {
        int top = 0;
        for (int i = 1; i < profile.length; i++) {
            top = profile[i] > profile[top] ? i : top;
        }
        double half = profile[top] / 2;
        int left = top;
        while (left > 0 && profile[left] > half) {
            left--;
        }
        int right = top;
        while (right < profile.length - 1 && profile[right] > half) {
            right++;
        }
        if (profile[left] > half || profile[right] > half) {
            return Double.NaN; // wider than the picture: fails its check
        }
        double from = left + (half - profile[left]) / (profile[left + 1] - profile[left]);
        double to = right - (half - profile[right]) / (profile[right - 1] - profile[right]);
        return to - from;
    }
}
