package org.fus.core.doppler;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/** B-mode: the mean over the frames of the magnitude, before log compression. */
public final class BMode {
    private BMode() {}

    /**
     * Computes the map.
     *
     * @param ensemble frames that no clutter filter has touched
     * @param context where to run
     * @return one value per pixel, in the unit of the samples
     */
    public static DopplerFrame of(IqEnsemble ensemble, RunContext context) {
        return PixelSeries.map(
                ensemble,
                DopplerFrame.Quantity.ENVELOPE,
                ensemble.provenance().with("envelope", Map.of("frames", Integer.toString(ensemble.frames()))),
                context,
                (re, im) -> {
                    double sum = 0;
                    for (int t = 0; t < re.length; t++) {
                        sum += Math.hypot(re[t], im[t]);
                    }
                    return sum / re.length;
                });
    }
}
