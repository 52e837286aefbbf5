package org.fus.core.internal.kernel;

import java.util.Arrays;
import org.fus.core.internal.layout.FramePanels;

/**
 * Delay-and-sum: linear interpolation on baseband, rotation by the phase of the whole delay, plain sum. Each operation is
 * the one of a vector lane, so that the cut into blocks of frames, which decides over the width of panels, does not show
 * in the bits.
 */
final class ScalarDas implements DasKernel {
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
        int lastPixel = Math.min(lastTile * DasTables.TILE, plan.pixels());
        for (int p = firstTile * DasTables.TILE; p < lastPixel; p++) {
            sumElements(plan, transmit, p, channels, width, scratch.sum());
            rotateInto(
                    image,
                    FramePanels.BASE + 2 * width * p,
                    plan.txRe()[transmit][p],
                    plan.txIm()[transmit][p],
                    scratch.sum(),
                    width);
        }
    }

    private static void sumElements(DasTables plan, int transmit, int p, float[] channels, int width, float[] sum) {
        Arrays.fill(sum, 0, 2 * width, 0);
        int tile = p / DasTables.TILE;
        float tx = plan.txDelay()[transmit][p];
        int trace = transmit * plan.channels() + plan.firstElement()[tile];
        for (int e = plan.start()[tile]; e < plan.start()[tile + 1]; e++, trace++) {
            int i = DasTables.TILE * e + p % DasTables.TILE;
            float delay = tx + plan.rxDelay()[i];
            if (delay >= 0 && delay < plan.samples() - 1) {
                int k = (int) delay;
                int at = FramePanels.BASE + 2 * width * (trace * plan.stride() + k);
                addElement(channels, at, delay - k, plan.rxRe()[i], plan.rxIm()[i], sum, width);
            }
        }
    }

    private static void addElement(float[] data, int at, float fraction, float wRe, float wIm, float[] sum, int width) {
        for (int f = 0; f < width; f++) {
            int o = at + f;
            float re = Math.fma(fraction, data[o + 2 * width] - data[o], data[o]);
            float im = Math.fma(fraction, data[o + 3 * width] - data[o + width], data[o + width]);
            sum[f] = Math.fma(-wIm, im, Math.fma(wRe, re, sum[f]));
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
