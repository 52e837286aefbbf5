package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

final class ScalarGram implements GramKernel {
    @Override
    public void accumulate(
            FramePanels x,
            int firstPixel,
            int lastPixel,
            int firstRow,
            int lastRow,
            double[] re,
            double[] im,
            double[] scratch) {
        int n = GramKernel.padded(x.frames());
        for (int p0 = firstPixel; p0 < lastPixel; p0 += CHUNK) {
            int p1 = Math.min(p0 + CHUNK, lastPixel);
            GramKernel.widen(x, p0, p1, scratch);
            for (int i = firstRow; i < lastRow; i++) {
                for (int j = firstRow; j < n; j++) {
                    double sumRe = re[i * n + j];
                    double sumIm = im[i * n + j];
                    for (int o = 0; o < (p1 - p0) * 2 * n; o += 2 * n) {
                        double a = scratch[o + i];
                        double b = scratch[o + n + i];
                        double c = scratch[o + j];
                        double d = scratch[o + n + j];
                        sumRe += a * c + b * d;
                        sumIm += b * c - a * d;
                    }
                    re[i * n + j] = sumRe;
                    im[i * n + j] = sumIm;
                }
            }
        }
    }
}
