package org.fus.core.clutter;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.MeanPower;
import org.fus.core.run.RunContext;

/** Removes tissue from an ensemble. Implementations are immutable and may be used by many threads at once. */
public interface ClutterFilter {
    /**
     * Filters an ensemble.
     *
     * @param ensemble frames of one block
     * @param context where to run
     * @return the filtered frames; the provenance says what was removed
     * @throws IllegalArgumentException when the filter does not fit the ensemble, such as a cutoff beyond its frames
     */
    IqEnsemble apply(IqEnsemble ensemble, RunContext context);

    /**
     * Power Doppler of what {@link #apply} leaves: the mean over the frames of the squared magnitude. Filters that can,
     * compute it without making the frames.
     *
     * @param ensemble frames of one block
     * @param context where to run
     * @return one value per pixel, in squared units of the samples
     * @throws IllegalArgumentException when the filter does not fit the ensemble
     * @see <a href="https://doi.org/10.1038/nmeth.1641">Mace et al. 2011, functional ultrasound imaging of the brain</a>
     */
    default DopplerFrame power(IqEnsemble ensemble, RunContext context) {
        IqEnsemble filtered = apply(ensemble, context);
        return DopplerFrame.wrap(
                DopplerFrame.Quantity.POWER,
                filtered.grid(),
                MeanPower.of(filtered.panels(), context),
                filtered.provenance().with("power Doppler", Map.of("frames", Integer.toString(filtered.frames()))));
    }

    /**
     * Checks, before any work, that ensembles of this length can be filtered.
     *
     * @param frames frames of the ensemble
     * @throws IllegalArgumentException when they cannot; the message says why and what would do
     */
    default void requireFrames(int frames) {}

    /**
     * The filter that changes nothing.
     *
     * @return hands every ensemble back as it is
     */
    static ClutterFilter none() {
        return (ensemble, context) -> ensemble;
    }
}
