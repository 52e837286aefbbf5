package org.fus.core.doppler;

import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.layout.TimeCourse;
import org.fus.core.run.RunContext;

/**
 * The sums behind colour Doppler, in double, one value per pixel: {@code sum_t IQ(t + lag) conj(IQ(t))} and
 * {@code sum_t |IQ(t)|^2} over all frames.
 */
@SuppressWarnings("ArrayRecordComponent") // sums on their way, never compared
record Autocorrelation(double[] re, double[] im, double[] power) {
    static Autocorrelation of(IqEnsemble ensemble, int lag, SpatialKernel kernel, RunContext context) {
        if (ensemble.frames() <= lag) {
            throw new IllegalArgumentException("colour Doppler at lag " + lag + " needs at least " + (lag + 1)
                    + " frames, the ensemble has " + ensemble.frames());
        }
        if (!kernel.isNone()) {
            SpatialKernel.requireLattice(ensemble.grid(), "a spatial kernel");
        }
        FramePanels x = ensemble.panels();
        Autocorrelation sums = new Autocorrelation(new double[x.cells()], new double[x.cells()], new double[x.cells()]);
        PixelRanges.forEach("doppler", x.cells(), context, (task, from, to) -> {
            double[] re = new double[x.frames()];
            double[] im = new double[x.frames()];
            for (int p = from; p < to; p++) {
                TimeCourse.read(x, p, re, im, 0);
                sums.accumulate(p, re, im, lag);
            }
        });
        if (kernel.isNone()) {
            return sums;
        }
        context.checkCancelled("doppler");
        return new Autocorrelation(
                kernel.smooth(ensemble.grid(), sums.re),
                kernel.smooth(ensemble.grid(), sums.im),
                kernel.smooth(ensemble.grid(), sums.power));
    }

    private void accumulate(int pixel, double[] a, double[] b, int lag) {
        double sumRe = 0;
        double sumIm = 0;
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * a[t] + b[t] * b[t];
            if (t >= lag) {
                int s = t - lag;
                sumRe += a[t] * a[s] + b[t] * b[s];
                sumIm += b[t] * a[s] - a[t] * b[s];
            }
        }
        re[pixel] = sumRe;
        im[pixel] = sumIm;
        power[pixel] = sum;
    }

    double phaseRad(int pixel) {
        return Math.atan2(im[pixel], re[pixel]);
    }
}
