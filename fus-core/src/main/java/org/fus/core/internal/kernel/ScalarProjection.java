package org.fus.core.internal.kernel;

import java.util.Arrays;
import org.fus.core.internal.layout.FramePanels;

final class ScalarProjection implements ProjectionKernel {
    @Override
    public void subtract(
            FramePanels x,
            int firstPixel,
            int lastPixel,
            TemporalBasis basis,
            int firstPanel,
            FramePanels y,
            int firstResult,
            float[] scratch) {
        for (int p = firstPixel; p < lastPixel; p++) {
            coefficients(x, p, basis, scratch);
            int first = firstPanel * x.width();
            for (int t = first; t < x.frames(); t++) {
                y.set(
                        t - first,
                        firstResult + p - firstPixel,
                        remainder(x.re(t, p), t, basis, scratch, true),
                        remainder(x.im(t, p), t, basis, scratch, false));
            }
        }
    }

    @Override
    public void remainderEnergy(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] energy, float[] scratch) {
        for (int p = firstPixel; p < lastPixel; p++) {
            coefficients(x, p, basis, scratch);
            float sum = 0;
            for (int t = 0; t < x.frames(); t++) {
                float re = remainder(x.re(t, p), t, basis, scratch, true);
                float im = remainder(x.im(t, p), t, basis, scratch, false);
                sum += re * re + im * im;
            }
            energy[p] = sum;
        }
    }

    @Override
    public void componentEnergy(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] energy, float[] scratch) {
        int row = basis.componentsPadded();
        for (int p = firstPixel; p < lastPixel; p++) {
            coefficients(x, p, basis, scratch);
            float sum = 0;
            for (int k = 0; k < basis.components(); k++) {
                sum += scratch[k] * scratch[k] + scratch[row + k] * scratch[row + k];
            }
            energy[p] = sum;
        }
    }

    @Override
    public void magnitudes(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] magnitudes, float[] scratch) {
        int row = basis.componentsPadded();
        for (int p = firstPixel; p < lastPixel; p++) {
            coefficients(x, p, basis, scratch);
            for (int k = 0; k < row; k++) {
                magnitudes[(p - firstPixel) * row + k] =
                        (float) Math.sqrt(scratch[k] * scratch[k] + scratch[row + k] * scratch[row + k]);
            }
        }
    }

    private static void coefficients(FramePanels x, int pixel, TemporalBasis basis, float[] c) {
        int row = basis.componentsPadded();
        float[] v = basis.analysis();
        Arrays.fill(c, 0, 2 * row, 0);
        for (int t = 0; t < x.frames(); t++) {
            float re = x.re(t, pixel);
            float im = x.im(t, pixel);
            for (int k = 0; k < basis.components(); k++) {
                int o = basis.analysisAt(k) + 2 * t * TemporalBasis.BLOCK;
                float vRe = v[o];
                float vIm = v[o + TemporalBasis.BLOCK];
                c[k] += re * vRe - im * vIm;
                c[row + k] += re * vIm + im * vRe;
            }
        }
    }

    /** The real or the imaginary part of one frame. */
    private static float remainder(float value, int t, TemporalBasis basis, float[] c, boolean real) {
        float[] v = basis.synthesis();
        int row = basis.componentsPadded();
        float sum = value;
        for (int k = 0; k < basis.components(); k++) {
            int o = basis.synthesisAt(t) + 2 * k * TemporalBasis.BLOCK;
            float vRe = v[o];
            float vIm = v[o + TemporalBasis.BLOCK];
            sum += real ? c[k] * vRe - c[row + k] * vIm : c[k] * vIm + c[row + k] * vRe;
        }
        return sum;
    }
}
