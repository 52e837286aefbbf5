package org.fus.core.doppler;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/** B-mode: the mean over the frames of the magnitude, and its log compression. */
public final class BMode {
    private BMode() {}

    /**
     * Computes the envelope.
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

    /**
     * Log compression of an envelope: {@code 20 log10(value / largest)}, limited to a range.
     *
     * @param envelope from {@link #of}
     * @param dynamicRangeDb values lower than this below the largest are raised to it, decibels, positive
     * @return decibels, from {@code -dynamicRangeDb} to 0
     * @throws IllegalArgumentException when the map is no envelope, or shows nothing
     */
    public static DopplerFrame compress(DopplerFrame envelope, double dynamicRangeDb) {
        if (envelope.quantity() != DopplerFrame.Quantity.ENVELOPE) {
            throw new IllegalArgumentException(
                    "log compression of " + envelope.quantity().label() + ", expected a B-mode envelope");
        }
        if (!(dynamicRangeDb > 0) || !Double.isFinite(dynamicRangeDb)) {
            throw new IllegalArgumentException("dynamic range " + dynamicRangeDb + " dB must be positive");
        }
        float[] values = envelope.toArray();
        double largest = 0;
        for (float v : values) {
            largest = Math.max(largest, v);
        }
        if (!(largest > 0)) {
            throw new IllegalArgumentException("the envelope is zero everywhere; there is nothing to compress");
        }
        for (int p = 0; p < values.length; p++) {
            values[p] = (float) Math.max(-dynamicRangeDb, 20 * Math.log10(values[p] / largest));
        }
        return DopplerFrame.wrap(
                DopplerFrame.Quantity.LEVEL,
                envelope.grid(),
                values,
                envelope.provenance()
                        .with("log compression", Map.of("dynamicRangeDb", Double.toString(dynamicRangeDb))));
    }
}
