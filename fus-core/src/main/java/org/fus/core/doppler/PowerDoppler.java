package org.fus.core.doppler;

import java.util.Map;
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
        return PixelSeries.map(
                ensemble,
                DopplerFrame.Quantity.POWER,
                ensemble.provenance().with("power Doppler", Map.of("frames", Integer.toString(ensemble.frames()))),
                context,
                (re, im) -> {
                    double sum = 0;
                    for (int t = 0; t < re.length; t++) {
                        sum += re[t] * re[t] + im[t] * im[t];
                    }
                    return sum / re.length;
                });
    }
}
