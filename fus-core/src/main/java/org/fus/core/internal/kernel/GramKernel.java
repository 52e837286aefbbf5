package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Part of the Gram matrix of an ensemble, {@code G[i][j] = sum over pixels of x_i conj(x_j)}, in double. */
public interface GramKernel {
    /** Pixels that are converted to double at a time; their frames stay in the second-level cache. */
    int CHUNK = 64;

    /**
     * Adds pixels {@code [firstPixel, lastPixel)} to rows {@code [firstRow, lastRow)}, columns from {@code firstRow} on.
     * Products of float32 samples are exact in double; only the sums round.
     *
     * @param x the ensemble
     * @param firstRow a multiple of 4
     * @param lastRow a multiple of 4, at most {@link #padded}
     * @param re real part, row-major, rows of {@link #padded} values
     * @param im imaginary part
     * @param scratch {@link #scratchLength} values
     */
    void accumulate(
            FramePanels x,
            int firstPixel,
            int lastPixel,
            int firstRow,
            int lastRow,
            double[] re,
            double[] im,
            double[] scratch);

    /** Length of a row: the frames, rounded up to a multiple of 8. */
    static int padded(int frames) {
        return (frames + 7) & -8;
    }

    static int scratchLength(int frames) {
        return CHUNK * 2 * padded(frames);
    }

    /** Copies the frames of up to {@link #CHUNK} pixels to double, {@code [pixel][re x padded | im x padded]}. */
    static void widen(FramePanels x, int firstPixel, int lastPixel, double[] target) {
        int frames = x.frames();
        int row = padded(frames);
        int width = x.width();
        for (int panel = 0; panel < x.count(); panel++) {
            float[] data = x.panel(panel);
            int f0 = panel * width;
            int n = Math.min(width, frames - f0);
            for (int p = firstPixel; p < lastPixel; p++) {
                int from = x.offset(p);
                int to = (p - firstPixel) * 2 * row + f0;
                for (int f = 0; f < n; f++) {
                    target[to + f] = data[from + f];
                    target[to + row + f] = data[from + width + f];
                }
            }
        }
    }
}
