package org.fus.core.doppler;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;
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
 * @param kernel neighbours whose autocorrelations are summed before the phase is taken
 * @param medianSize side of a square of pixels over which the velocity is replaced by its median, odd; 1 for none. Zeros
 *     stand beyond the border
 * @see <a href="https://doi.org/10.1109/T-SU.1985.31615">Kasai et al. 1985</a>
 */
public record ColorDoppler(int lag, SpatialKernel kernel, int medianSize) {
    /** Lag 1, the largest range of velocities, and no smoothing. */
    public static final ColorDoppler DEFAULT = new ColorDoppler(1);

    /** Checks the figures. */
    public ColorDoppler {
        if (lag < 1) {
            throw new IllegalArgumentException("lag " + lag + " must be at least 1 frame");
        }
        Objects.requireNonNull(kernel, "kernel");
        SpatialKernel.requireOdd("z and x of the median", medianSize);
    }

    /**
     * Colour Doppler without smoothing.
     *
     * @param lag frames between the samples that are compared, at least 1
     */
    public ColorDoppler(int lag) {
        this(lag, SpatialKernel.NONE, 1);
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
        return PixelSeries.wrap(
                ensemble,
                DopplerFrame.Quantity.AXIAL_VELOCITY,
                provenance(ensemble, "colour Doppler"),
                velocityMPerS(ensemble, context));
    }

    /** The map in double. */
    double[] velocityMPerS(IqEnsemble ensemble, RunContext context) {
        Autocorrelation sums = Autocorrelation.of(ensemble, lag, kernel, context);
        double scale = nyquistMPerS(ensemble.timing()) / Math.PI;
        double[] v = new double[sums.re().length];
        for (int p = 0; p < v.length; p++) {
            v[p] = scale * sums.phaseRad(p);
        }
        return medianSize == 1 ? v : median(ensemble.grid(), v);
    }

    /**
     * The variance of the velocity, from the loss of correlation: {@code 2 (v_N / pi)^2 (1 - |R(lag)| / R(0))} with the
     * Nyquist velocity v_N. R(0) runs over all frames and R(lag) over {@code lag} fewer, as in MUST; a steady tone
     * therefore shows a small variance.
     *
     * @param ensemble frames, filtered or not
     * @param context where to run
     * @return square metres per square second; 0 where there is no signal
     * @throws IllegalArgumentException when the ensemble has fewer than {@code lag + 1} frames
     */
    public DopplerFrame variance(IqEnsemble ensemble, RunContext context) {
        return PixelSeries.wrap(
                ensemble,
                DopplerFrame.Quantity.VELOCITY_VARIANCE,
                provenance(ensemble, "velocity variance"),
                varianceM2PerS2(ensemble, context));
    }

    /** The variance in double. */
    double[] varianceM2PerS2(IqEnsemble ensemble, RunContext context) {
        Autocorrelation sums = Autocorrelation.of(ensemble, lag, kernel, context);
        double scale = nyquistMPerS(ensemble.timing()) / Math.PI;
        double[] variance = new double[sums.re().length];
        for (int p = 0; p < variance.length; p++) {
            double power = sums.power()[p];
            double loss = power == 0 ? 0 : 1 - Math.hypot(sums.re()[p], sums.im()[p]) / power;
            variance[p] = 2 * scale * scale * loss;
        }
        return variance;
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

    private Provenance provenance(IqEnsemble ensemble, String step) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("lag", Integer.toString(lag));
        p.put("kernel", kernel.nz() + " x " + kernel.nx());
        p.put("medianSize", Integer.toString(medianSize));
        return ensemble.provenance().with(step, p);
    }

    private double[] median(ImageGrid grid, double[] v) {
        SpatialKernel.requireLattice(grid, "a median");
        double[] out = new double[v.length];
        double[] neighbours = new double[medianSize * medianSize];
        int half = medianSize / 2;
        for (int iz = 0; iz < grid.nz(); iz++) {
            for (int iy = 0; iy < grid.ny(); iy++) {
                for (int ix = 0; ix < grid.nx(); ix++) {
                    int n = 0;
                    for (int z = iz - half; z <= iz + half; z++) {
                        for (int x = ix - half; x <= ix + half; x++) {
                            boolean inside = z >= 0 && z < grid.nz() && x >= 0 && x < grid.nx();
                            neighbours[n++] = inside ? v[grid.index(z, iy, x)] : 0;
                        }
                    }
                    Arrays.sort(neighbours);
                    out[grid.index(iz, iy, ix)] = neighbours[n / 2];
                }
            }
        }
        return out;
    }
}
