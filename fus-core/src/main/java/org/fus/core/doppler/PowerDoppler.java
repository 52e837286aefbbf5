package org.fus.core.doppler;

import org.fus.core.clutter.ClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * Power Doppler: the mean over the frames of the squared magnitude, proportional to the blood volume.
 *
 * @see <a href="https://doi.org/10.1038/nmeth.1641">Mace et al. 2011, functional ultrasound imaging of the brain</a>
 */
public final class PowerDoppler {
    private PowerDoppler() {}

    /**
     * Computes the map.
     *
     * @param ensemble filtered frames; sums are kept in double
     * @param context where to run
     * @return one value per pixel, in squared units of the samples
     */
    public static DopplerFrame of(IqEnsemble ensemble, RunContext context) {
        return ClutterFilter.none().power(ensemble, context);
    }
}
