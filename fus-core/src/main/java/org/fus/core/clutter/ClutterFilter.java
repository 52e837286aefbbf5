package org.fus.core.clutter;

import org.fus.core.data.IqEnsemble;
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
     * The filter that changes nothing.
     *
     * @return hands every ensemble back as it is
     */
    static ClutterFilter none() {
        return (ensemble, context) -> ensemble;
    }
}
