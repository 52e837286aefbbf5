package org.fus.core.doppler;

import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.layout.TimeCourse;
import org.fus.core.run.RunContext;

/** Runs an estimator over the time course of every pixel, in double. */
final class PixelSeries {
    private PixelSeries() {}

    /** Turns the frames of one pixel into one value. */
    interface Estimator {
        double estimate(double[] re, double[] im);
    }

    static DopplerFrame map(
            IqEnsemble ensemble,
            DopplerFrame.Quantity quantity,
            Provenance provenance,
            RunContext context,
            Estimator estimator) {
        FramePanels x = ensemble.panels();
        double[] values = new double[x.cells()];
        PixelRanges.forEach("doppler", x.cells(), context, (task, from, to) -> {
            double[] re = new double[x.frames()];
            double[] im = new double[x.frames()];
            for (int p = from; p < to; p++) {
                TimeCourse.read(x, p, re, im, 0);
                values[p] = estimator.estimate(re, im);
            }
        });
        return wrap(ensemble, quantity, provenance, values);
    }

    /** Rounds to a map; pixels that are not finite stay so, with a warning. */
    static DopplerFrame wrap(
            IqEnsemble ensemble, DopplerFrame.Quantity quantity, Provenance provenance, double[] values) {
        float[] rounded = new float[values.length];
        int bad = 0;
        for (int p = 0; p < values.length; p++) {
            rounded[p] = (float) values[p];
            if (!Float.isFinite(rounded[p])) {
                bad++;
            }
        }
        Provenance p = bad == 0
                ? provenance
                : provenance.warn(bad + " of " + values.length + " pixels of the " + quantity.label()
                        + " are not finite, because samples of the ensemble are not");
        return DopplerFrame.wrap(quantity, ensemble.grid(), rounded, p);
    }
}
