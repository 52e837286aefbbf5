package org.fus.core.doppler;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * Power Doppler by direction of flow. The discrete spectrum along time is cut at zero: positive frequencies are flow
 * towards the probe, negative ones flow away from it. Half of the power at zero and at the Nyquist frequency goes to
 * either side, so that both maps add up to {@link PowerDoppler}.
 *
 * @see <a href="https://doi.org/10.1109/TUFFC.2013.2592">Mace et al. 2013, functional ultrasound imaging of the brain:
 *     theory and basic principles</a>
 */
public final class DirectionalPower {
    private DirectionalPower() {}

    /**
     * Flow towards the probe.
     *
     * @param ensemble filtered frames
     * @param context where to run
     * @return mean power per pixel, in squared units of the samples
     */
    public static DopplerFrame towards(IqEnsemble ensemble, RunContext context) {
        return half(ensemble, 1, DopplerFrame.Quantity.POWER_TOWARDS, context);
    }

    /**
     * Flow away from the probe.
     *
     * @param ensemble filtered frames
     * @param context where to run
     * @return mean power per pixel, in squared units of the samples
     */
    public static DopplerFrame away(IqEnsemble ensemble, RunContext context) {
        return half(ensemble, -1, DopplerFrame.Quantity.POWER_AWAY, context);
    }

    /**
     * The difference of both: positive where flow towards the probe prevails.
     *
     * @param ensemble filtered frames
     * @param context where to run
     * @return power towards less power away, in squared units of the samples
     */
    public static DopplerFrame difference(IqEnsemble ensemble, RunContext context) {
        DopplerFrame towards = towards(ensemble, context);
        DopplerFrame away = away(ensemble, context);
        float[] values = towards.toArray();
        for (int p = 0; p < values.length; p++) {
            values[p] -= away.at(p);
        }
        return DopplerFrame.wrap(
                DopplerFrame.Quantity.SIGNED_POWER,
                ensemble.grid(),
                values,
                ensemble.provenance().with("directional power Doppler", Map.of("direction", "difference")));
    }

    /**
     * Power Doppler with the sign of the mean velocity, that of the autocorrelation at lag 1: the whole power, coloured by
     * direction.
     *
     * @param ensemble filtered frames, at least 2
     * @param context where to run
     * @return power per pixel, negative where the flow goes away from the probe
     * @throws IllegalArgumentException for a single frame
     */
    public static DopplerFrame signed(IqEnsemble ensemble, RunContext context) {
        Autocorrelation sums = Autocorrelation.of(ensemble, 1, SpatialKernel.NONE, context);
        double[] values = new double[sums.power().length];
        for (int p = 0; p < values.length; p++) {
            values[p] = Math.copySign(sums.power()[p] / ensemble.frames(), sums.im()[p]);
        }
        return PixelSeries.wrap(
                ensemble,
                DopplerFrame.Quantity.SIGNED_POWER,
                ensemble.provenance().with("signed power Doppler", Map.of()),
                values);
    }

    private static DopplerFrame half(
            IqEnsemble ensemble, int sign, DopplerFrame.Quantity quantity, RunContext context) {
        int frames = ensemble.frames();
        float[] power =
                FourierPower.of(ensemble, k -> k == 0 || 2 * k == -frames ? 0.5 : k * sign > 0 ? 1 : 0, context);
        return DopplerFrame.wrap(
                quantity,
                ensemble.grid(),
                power,
                ensemble.provenance()
                        .with("directional power Doppler", Map.of("direction", sign > 0 ? "towards" : "away")));
    }
}
