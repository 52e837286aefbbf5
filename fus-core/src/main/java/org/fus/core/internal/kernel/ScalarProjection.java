package org.fus.core.internal.kernel;

import java.util.Arrays;
import org.fus.core.internal.layout.FramePanels;

final class ScalarProjection implements ProjectionKernel {
    @Override
    public void subtract(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, FramePanels y, float[] scratch) {
        for (int p = firstPixel; p < lastPixel; p++) {
            coefficients(x, p, basis, scratch);
            remainder(x, p, basis, scratch, y);
        }
    }

    private static void coefficients(FramePanels x, int pixel, TemporalBasis basis, float[] c) {
        int row = basis.componentsPadded();
        float[] v = basis.analysis();
        Arrays.fill(c, 0, 2 * row, 0);
        for (int t = 0; t < x.frames(); t++) {
            float re = x.re(t, pixel);
            float im = x.im(t, pixel);
            int o = 2 * t * row;
            for (int k = 0; k < basis.components(); k++) {
                c[k] += re * v[o + k] - im * v[o + row + k];
                c[row + k] += re * v[o + row + k] + im * v[o + k];
            }
        }
    }

    private static void remainder(FramePanels x, int pixel, TemporalBasis basis, float[] c, FramePanels y) {
        int row = basis.framesPadded();
        float[] v = basis.synthesis();
        for (int t = 0; t < x.frames(); t++) {
            float re = x.re(t, pixel);
            float im = x.im(t, pixel);
            for (int k = 0; k < basis.components(); k++) {
                float vRe = v[2 * k * row + t];
                float vIm = v[(2 * k + 1) * row + t];
                float cRe = c[k];
                float cIm = c[basis.componentsPadded() + k];
                re -= cRe * vRe - cIm * vIm;
                im -= cRe * vIm + cIm * vRe;
            }
            y.set(t, pixel, re, im);
        }
    }
}
