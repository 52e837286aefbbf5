package org.fus.core.clutter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.layout.TimeCourse;
import org.fus.core.run.RunContext;
import org.fus.core.signal.SecondOrderSections;

/**
 * A Butterworth high-pass along time, in double. {@link #apply} runs forward and backward: zero phase, the attenuation
 * doubled, ends extended by mirroring. {@link #stream} runs forward only and carries its state from block to block.
 *
 * @param cutoffHz frequency of half power of one pass; the axial velocity {@code c f / (2 f0)} of slow blood
 * @param order of one pass, 1 to {@link SecondOrderSections#MAX_ORDER}
 */
public record ButterworthClutterFilter(double cutoffHz, int order) implements ClutterFilter {
    /** Checks the figures. */
    public ButterworthClutterFilter {
        if (!(cutoffHz > 0) || !Double.isFinite(cutoffHz)) {
            throw new IllegalArgumentException("Butterworth cutoff " + cutoffHz + " Hz must be positive");
        }
        if (order < 1 || order > SecondOrderSections.MAX_ORDER) {
            throw new IllegalArgumentException(
                    "Butterworth order " + order + ", expected 1 to " + SecondOrderSections.MAX_ORDER);
        }
    }

    /** The padding of a zero-phase run depends on the order alone, not on the cutoff. */
    @Override
    public void requireFrames(int frames) {
        SecondOrderSections.butterworthHighPass(order, 0.5).requireLength(frames);
    }

    @Override
    public IqEnsemble apply(IqEnsemble ensemble, RunContext context) {
        requireFrames(ensemble.frames());
        SecondOrderSections filter = sections(ensemble);
        FramePanels x = ensemble.panels();
        FiniteFrames.require(x, "the Butterworth filter");
        FramePanels y = FramePanels.allocateLike(x, x.frames(), x.cells());
        PixelRanges.forEach("filter", x.cells(), context, (task, from, to) -> {
            double[] re = new double[x.frames()];
            double[] im = new double[x.frames()];
            double[] extended = new double[x.frames() + 2 * filter.padding()];
            for (int p = from; p < to; p++) {
                TimeCourse.read(x, p, re, im, 0);
                filter.filterBothWays(re, extended);
                filter.filterBothWays(im, extended);
                TimeCourse.write(y, p, re, im, 0);
            }
        });
        return result(ensemble, y, "zero-phase");
    }

    /**
     * A causal run over the blocks of a live acquisition. It starts in the steady state of the first sample of every
     * pixel, as if that tissue had always been there. Splitting a record into blocks does not change the result.
     *
     * @return a stream; its state takes 32 bytes per pixel and pair of orders
     */
    public ClutterStream stream() {
        return new Causal(this);
    }

    private SecondOrderSections sections(IqEnsemble ensemble) {
        double nyquistHz = ensemble.timing().frameRateHz() / 2;
        if (cutoffHz >= nyquistHz) {
            throw new IllegalArgumentException("Butterworth cutoff " + cutoffHz + " Hz of an ensemble at "
                    + ensemble.timing().frameRateHz() + " frames per second: expected less than " + nyquistHz + " Hz");
        }
        return SecondOrderSections.butterworthHighPass(order, cutoffHz / nyquistHz);
    }

    private IqEnsemble result(IqEnsemble ensemble, FramePanels y, String direction) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("cutoffHz", Double.toString(cutoffHz));
        p.put("order", Integer.toString(order));
        p.put("direction", direction);
        return IqEnsemble.ofPanels(
                ensemble.grid(), ensemble.timing(), y, ensemble.provenance().with("Butterworth clutter filter", p));
    }

    private static final class Causal implements ClutterStream {
        private final ButterworthClutterFilter owner;
        private final StreamGuard guard = new StreamGuard();
        private double[] state;

        Causal(ButterworthClutterFilter owner) {
            this.owner = owner;
        }

        @Override
        public IqEnsemble next(IqEnsemble block, RunContext context) {
            SecondOrderSections filter = owner.sections(block);
            FramePanels x = block.panels();
            FiniteFrames.require(x, "the Butterworth filter");
            boolean start = guard.accept(block);
            int length = filter.stateLength();
            if (start) {
                state = new double[Math.multiplyExact(2 * length, x.cells())];
            }
            FramePanels y = FramePanels.allocateLike(x, x.frames(), x.cells());
            PixelRanges.forEach("filter", x.cells(), context, (task, from, to) -> {
                double[] re = new double[x.frames()];
                double[] im = new double[x.frames()];
                for (int p = from; p < to; p++) {
                    TimeCourse.read(x, p, re, im, 0);
                    int at = 2 * length * p;
                    if (start) {
                        filter.settle(re[0], state, at);
                        filter.settle(im[0], state, at + length);
                    }
                    filter.filter(re, 0, re.length, state, at);
                    filter.filter(im, 0, im.length, state, at + length);
                    TimeCourse.write(y, p, re, im, 0);
                }
            });
            return owner.result(block, y, "causal");
        }
    }
}
