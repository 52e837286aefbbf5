package org.fus.core.internal.kernel;

import java.util.Arrays;
import org.fus.core.internal.layout.FramePanels;

/**
 * Delay-and-sum with any interpolation: several samples on baseband, rotation by the phase of the whole delay, plain sum.
 * Each operation is the one of a vector lane, so that the cut into blocks of frames, which decides over the width of
 * panels, does not show in the bits.
 */
final class ScalarTapDas implements DasKernel {
    private final TapTable table;

    ScalarTapDas(TapTable table) {
        this.table = table;
    }

    @Override
    public int taps() {
        return table.taps();
    }

    @Override
    public void accumulate(
            DasTables plan,
            int transmit,
            int firstTile,
            int lastTile,
            float[] channels,
            float[] image,
            int width,
            DasScratch scratch) {
        float[] sum = scratch.sum();
        float[] weights = scratch.taps();
        int lastPixel = Math.min(lastTile * DasTables.TILE, plan.pixels());
        for (int p = firstTile * DasTables.TILE; p < lastPixel; p++) {
            Arrays.fill(sum, 0, 2 * width, 0);
            int tile = p / DasTables.TILE;
            float tx = plan.txDelay()[transmit][p];
            int trace = transmit * plan.channels() + plan.firstElement()[tile];
            for (int e = plan.start()[tile]; e < plan.start()[tile + 1]; e++, trace++) {
                int i = DasTables.TILE * e + p % DasTables.TILE;
                float delay = tx + plan.rxDelay()[i];
                int k = table.whole(delay, plan.samples());
                if (k >= 0) {
                    table.weightsAt(delay + table.shift() - k, weights);
                    int firstTap = Math.max(0, -table.firstTap() - k);
                    for (int tap = firstTap; tap < table.taps(); tap++) {
                        int at = FramePanels.BASE + 2 * width * (trace * plan.stride() + k + table.firstTap() + tap);
                        float w = weights[tap];
                        add(channels, at, w * plan.rxRe()[i], w * plan.rxIm()[i], sum, width);
                    }
                }
            }
            rotateInto(
                    image,
                    FramePanels.BASE + 2 * width * p,
                    plan.txRe()[transmit][p],
                    plan.txIm()[transmit][p],
                    sum,
                    width);
        }
    }

    private static void add(float[] data, int at, float wRe, float wIm, float[] sum, int width) {
        for (int f = 0; f < width; f++) {
            float re = data[at + f];
            float im = data[at + width + f];
            sum[f] = Math.fma(wRe, re, sum[f]) - wIm * im;
            sum[width + f] = Math.fma(wIm, re, Math.fma(wRe, im, sum[width + f]));
        }
    }

    private static void rotateInto(float[] image, int at, float c, float s, float[] sum, int width) {
        for (int f = 0; f < width; f++) {
            image[at + f] = image[at + f] + sum[f] * c - sum[width + f] * s;
            image[at + width + f] = image[at + width + f] + sum[width + f] * c + sum[f] * s;
        }
    }
}
