package org.fus.core.doppler;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * Axial velocity from the phase of the autocorrelation at a lag:
 *
 * <pre>v = c PRF / (4 pi f lag) arg( sum_t IQ(t + lag) conj(IQ(t)) )</pre>
 *
 * positive towards the probe. Speeds beyond {@link #nyquistMPerS} alias. A wide receive aperture lowers the result by a
 * few percent, because oblique paths change less than twice the displacement.
 *
 * @param lag frames between the samples that are compared, at least 1
 * @see <a href="https://doi.org/10.1109/T-SU.1985.31615">Kasai et al. 1985</a>
 */
public record ColorDoppler(int lag) {
    /** Lag 1: the largest range of velocities. */
    public static final ColorDoppler DEFAULT = new ColorDoppler(1);

    /** Checks the lag. */
    public ColorDoppler {
        if (lag < 1) {
            throw new IllegalArgumentException("lag " + lag + " must be at least 1 frame");
        }
    }

    /**
     * Computes the map.
     *
     * @param ensemble frames, filtered or not
     * @param context where to run
     * @return metres per second, positive towards the probe; 0 where the autocorrelation vanishes
     * @throws IllegalArgumentException when the ensemble has fewer than {@code lag + 1} frames
     */
    public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
        if (ensemble.frames() <= lag) {
            throw new IllegalArgumentException("colour Doppler at lag " + lag + " needs at least " + (lag + 1)
                    + " frames, the ensemble has " + ensemble.frames());
        }
        double scale = nyquistMPerS(ensemble.timing()) / Math.PI;
        return PixelSeries.map(
                ensemble,
                DopplerFrame.Quantity.AXIAL_VELOCITY,
                ensemble.provenance().with("colour Doppler", Map.of("lag", Integer.toString(lag))),
                context,
                (re, im) -> {
                    double sumRe = 0;
                    double sumIm = 0;
                    for (int t = lag; t < re.length; t++) {
                        int s = t - lag;
                        sumRe += re[t] * re[s] + im[t] * im[s];
                        sumIm += im[t] * re[s] - re[t] * im[s];
                    }
                    return scale * Math.atan2(sumIm, sumRe);
                });
    }

    /**
     * The speed at which the phase turns by pi from sample to sample: {@code c PRF / (4 f lag)}.
     *
     * @param timing frame rate, frequency and speed of sound
     * @return metres per second
     */
    public double nyquistMPerS(IqEnsemble.Timing timing) {
        return timing.soundSpeedMPerS() * timing.frameRateHz() / (4 * timing.centerFrequencyHz() * lag);
    }
}
