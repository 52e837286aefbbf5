package org.fus.core.clutter;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.TemporalBasis;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/** Removes fixed real temporal vectors from every pixel: what polynomial and cosine regression have in common. */
final class TemporalSubspace {
    private TemporalSubspace() {}

    /** The remainder, float32 products. */
    static IqEnsemble subtract(
            IqEnsemble ensemble, double[][] vectors, String step, Map<String, String> parameters, RunContext context) {
        FramePanels x = ensemble.panels();
        FiniteFrames.require(x, "the " + step);
        FramePanels y = FramePanels.allocateLike(x, x.frames(), x.cells());
        TemporalBasis basis = new TemporalBasis(x, vectors, new double[vectors.length][x.frames()]);
        ProjectionKernel kernel = KernelProvider.active().projection();
        PixelRanges.forEach("filter", x.cells(), context, (task, from, to) -> {
            float[] scratch = new float[ProjectionKernel.scratchLength(basis)];
            kernel.subtract(x, from, to, basis, 0, y, from, scratch);
        });
        return IqEnsemble.ofPanels(
                ensemble.grid(), ensemble.timing(), y, ensemble.provenance().with(step, parameters));
    }

    /** Mean energy of the remainder, without the frames. */
    static DopplerFrame power(
            IqEnsemble ensemble, double[][] vectors, String step, Map<String, String> parameters, RunContext context) {
        FramePanels x = ensemble.panels();
        FiniteFrames.require(x, "the " + step);
        TemporalBasis basis = new TemporalBasis(x, vectors, new double[vectors.length][x.frames()]);
        ProjectionKernel kernel = KernelProvider.active().projection();
        float[] power = new float[x.cells()];
        PixelRanges.forEach("filter", x.cells(), context, (task, from, to) -> {
            float[] scratch = new float[ProjectionKernel.scratchLength(basis)];
            kernel.remainderEnergy(x, from, to, basis, power, scratch);
            for (int p = from; p < to; p++) {
                power[p] /= x.frames();
            }
        });
        Provenance provenance = ensemble.provenance()
                .with(step, parameters)
                .with("power Doppler", Map.of("frames", Integer.toString(x.frames())));
        return DopplerFrame.wrap(DopplerFrame.Quantity.POWER, ensemble.grid(), power, provenance);
    }
}
