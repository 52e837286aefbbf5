package org.fus.core.clutter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.layout.TimeCourse;
import org.fus.core.run.RunContext;

/**
 * A high-pass of finite length along time: a windowed-sinc low-pass with a Hamming window, taken from a pulse, so that
 * constant tissue gives exactly zero. Linear phase. Only frames that the whole filter covers come out: {@code taps - 1}
 * fewer than go in. Computed in double.
 *
 * @param cutoffHz frequency of half amplitude
 * @param taps length of the filter, odd, at least 3
 * @see "Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., section 7.5"
 */
public record FirClutterFilter(double cutoffHz, int taps) implements ClutterFilter {
    /** Checks the figures. */
    public FirClutterFilter {
        if (!(cutoffHz > 0) || !Double.isFinite(cutoffHz)) {
            throw new IllegalArgumentException("FIR cutoff " + cutoffHz + " Hz must be positive");
        }
        if (taps < 3 || taps % 2 == 0) {
            throw new IllegalArgumentException("FIR filter of " + taps + " taps, expected an odd number of at least 3");
        }
    }

    @Override
    public void requireFrames(int frames) {
        if (frames < taps) {
            throw new IllegalArgumentException("FIR filter of " + taps + " taps on an ensemble of " + frames
                    + " frames; the ensemble must be at least as long as the filter");
        }
    }

    @Override
    public IqEnsemble apply(IqEnsemble ensemble, RunContext context) {
        requireFrames(ensemble.frames());
        return run(ensemble, null, context);
    }

    /**
     * A run over the blocks of a live acquisition that keeps the last {@code taps - 1} frames. The first block gives so
     * many fewer frames and must hold at least {@link #taps}; every later block gives all of its frames, late by half the
     * filter.
     *
     * @return a stream
     */
    public ClutterStream stream() {
        return new ClutterStream() {
            private final StreamGuard guard = new StreamGuard();
            private IqEnsemble past;

            @Override
            public IqEnsemble next(IqEnsemble block, RunContext context) {
                if (guard.accept(block)) {
                    requireFrames(block.frames());
                }
                IqEnsemble filtered = run(block, past, context);
                IqEnsemble all = past == null ? block : IqEnsemble.concatenate(java.util.List.of(past, block));
                past = all.slice(all.frames() - (taps - 1), taps - 1);
                return filtered;
            }
        };
    }

    private IqEnsemble run(IqEnsemble block, IqEnsemble past, RunContext context) {
        double[] h = coefficients(block.timing().frameRateHz());
        FramePanels x = block.panels();
        FiniteFrames.require(x, "the FIR filter");
        int before = past == null ? 0 : past.frames();
        FramePanels y = FramePanels.allocate(before + x.frames() - taps + 1, x.cells());
        PixelRanges.forEach("filter", x.cells(), context, (task, from, to) -> {
            double[] re = new double[before + x.frames()];
            double[] im = new double[before + x.frames()];
            for (int p = from; p < to; p++) {
                if (past != null) {
                    TimeCourse.read(past.panels(), p, re, im, 0);
                }
                TimeCourse.read(x, p, re, im, before);
                convolve(re, h, y.frames());
                convolve(im, h, y.frames());
                TimeCourse.write(y, p, re, im, 0);
            }
        });
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("cutoffHz", Double.toString(cutoffHz));
        parameters.put("taps", Integer.toString(taps));
        return IqEnsemble.ofPanels(
                block.grid(), block.timing(), y, block.provenance().with("FIR clutter filter", parameters));
    }

    /** In place: result n reads samples from n on only. The filter is symmetric, so its direction does not matter. */
    private static void convolve(double[] x, double[] h, int count) {
        for (int n = 0; n < count; n++) {
            double sum = 0;
            for (int k = 0; k < h.length; k++) {
                sum += h[k] * x[n + k];
            }
            x[n] = sum;
        }
    }

    /** The filter for a frame rate: symmetric, its sum zero. */
    double[] coefficients(double frameRateHz) {
        if (cutoffHz >= frameRateHz / 2) {
            throw new IllegalArgumentException("FIR cutoff " + cutoffHz + " Hz of an ensemble at " + frameRateHz
                    + " frames per second: expected less than " + frameRateHz / 2 + " Hz");
        }
        double[] h = new double[taps];
        int middle = taps / 2;
        double sum = 0;
        for (int k = 0; k < taps; k++) {
            double t = 2 * cutoffHz / frameRateHz * (k - middle);
            double sinc = t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
            h[k] = sinc * (0.54 - 0.46 * Math.cos(2 * Math.PI * k / (taps - 1)));
            sum += h[k];
        }
        for (int k = 0; k < taps; k++) {
            h[k] = (k == middle ? 1 : 0) - h[k] / sum;
        }
        return h;
    }
}
