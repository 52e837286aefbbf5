package org.fus.core.doppler;

import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/** Runs an estimator over the time course of every pixel, in double. */
final class PixelSeries {
    private static final int PIXELS_PER_TASK = 4096;

    private PixelSeries() {}

    /** Turns the frames of one pixel into one value. */
    interface Estimator {
        double estimate(double[] re, double[] im);
    }

    static DopplerFrame map(
            IqEnsemble ensemble,
            DopplerFrame.Quantity quantity,
            org.fus.core.data.Provenance provenance,
            RunContext context,
            Estimator estimator) {
        FramePanels x = ensemble.panels();
        float[] values = new float[x.cells()];
        int tasks = (x.cells() + PIXELS_PER_TASK - 1) / PIXELS_PER_TASK;
        context.forEach("doppler", tasks, task -> {
            double[] re = new double[x.frames()];
            double[] im = new double[x.frames()];
            int last = Math.min((task + 1) * PIXELS_PER_TASK, x.cells());
            for (int p = task * PIXELS_PER_TASK; p < last; p++) {
                gather(x, p, re, im);
                values[p] = (float) estimator.estimate(re, im);
            }
        });
        return DopplerFrame.wrap(quantity, ensemble.grid(), values, provenance);
    }

    private static void gather(FramePanels x, int pixel, double[] re, double[] im) {
        int from = x.offset(pixel);
        for (int panel = 0; panel < x.count(); panel++) {
            float[] data = x.panel(panel);
            int f0 = panel * x.width();
            int n = x.framesIn(panel);
            for (int f = 0; f < n; f++) {
                re[f0 + f] = data[from + f];
                im[f0 + f] = data[from + x.width() + f];
            }
        }
    }
}
