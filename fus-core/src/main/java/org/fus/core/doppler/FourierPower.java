package org.fus.core.doppler;

import java.util.function.DoubleUnaryOperator;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.TemporalBasis;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/**
 * Mean power of every pixel in a part of its discrete spectrum along time. The Fourier vectors of the wanted frequencies
 * are a temporal basis like any other, so the projection kernels do the work in float32, without a transform.
 */
final class FourierPower {
    private FourierPower() {}

    /** The part of the power of frequency k that counts: 0 for none, 1 for all; k from -frames / 2 to (frames - 1) / 2. */
    interface Share {
        double of(int k);
    }

    /** Frequencies with a share. */
    static int count(int frames, Share share) {
        int count = 0;
        for (int k = -(frames / 2); k <= (frames - 1) / 2; k++) {
            count += share.of(k) > 0 ? 1 : 0;
        }
        return count;
    }

    static float[] of(IqEnsemble ensemble, Share share, RunContext context) {
        FramePanels x = ensemble.panels();
        int frames = x.frames();
        TemporalBasis basis = new TemporalBasis();
        basis.reset(x, count(frames, share));
        double[] re = new double[frames];
        double[] im = new double[frames];
        int next = 0;
        for (int k = -(frames / 2); k <= (frames - 1) / 2; k++) {
            if (share.of(k) > 0) {
                // the mean over the frames and the unit length of a Fourier vector: 1 / frames in power
                double amplitude = Math.sqrt(share.of(k)) / frames;
                long step = k;
                fill(re, t -> amplitude * Math.cos(2 * Math.PI * turns(step, t, frames)));
                fill(im, t -> amplitude * Math.sin(2 * Math.PI * turns(step, t, frames)));
                basis.set(next++, re, im);
            }
        }
        ProjectionKernel kernel = KernelProvider.active().projection();
        float[] power = new float[x.cells()];
        PixelRanges.forEach("doppler", x.cells(), context, (task, from, to) -> {
            float[] scratch = new float[ProjectionKernel.scratchLength(basis)];
            kernel.componentEnergy(x, from, to, basis, power, scratch);
        });
        return power;
    }

    /** Reduced to one turn before the cosine, so that long ensembles keep their digits. */
    private static double turns(long k, double t, int frames) {
        return (double) Math.floorMod(k * (long) t, (long) frames) / frames;
    }

    private static void fill(double[] values, DoubleUnaryOperator f) {
        for (int t = 0; t < values.length; t++) {
            values[t] = f.applyAsDouble(t);
        }
    }
}
