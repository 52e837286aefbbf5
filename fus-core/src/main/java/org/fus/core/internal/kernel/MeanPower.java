package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/** The mean over the frames of the squared magnitude of every pixel, summed in double. */
public final class MeanPower {
    private MeanPower() {}

    public static float[] of(FramePanels x, RunContext context) {
        float[] power = new float[x.cells()];
        PixelRanges.forEach("doppler", x.cells(), context, (task, from, to) -> {
            for (int p = from; p < to; p++) {
                double sum = 0;
                for (int panel = 0; panel < x.count(); panel++) {
                    sum += energy(x.panel(panel), x.offset(p), x.width(), x.framesIn(panel));
                }
                power[p] = (float) (sum / x.frames());
            }
        });
        return power;
    }

    private static double energy(float[] x, int at, int width, int frames) {
        double sum = 0;
        for (int f = 0; f < frames; f++) {
            double re = x[at + f];
            double im = x[at + width + f];
            sum += re * re + im * im;
        }
        return sum;
    }
}
