package org.fus.core.doppler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * Power Doppler of a band of axial velocities: the part of the discrete spectrum along time whose frequencies belong to
 * them, {@code v = c f / (2 f0)}. The bands of one direction that share no velocity add up to {@link PowerDoppler}.
 *
 * @param lowestMPerS smallest velocity, included; negative is away from the probe
 * @param highestMPerS largest velocity, excluded
 * @param bothDirections whether velocities of the opposite sign count too; the band is then one of speeds
 */
public record VelocityBand(double lowestMPerS, double highestMPerS, boolean bothDirections) {
    /** Checks the band. */
    public VelocityBand {
        if (!(lowestMPerS < highestMPerS) || !Double.isFinite(lowestMPerS) || !Double.isFinite(highestMPerS)) {
            throw new IllegalArgumentException("velocity band from " + lowestMPerS + " to " + highestMPerS
                    + " m/s: the end must lie above the start");
        }
        if (bothDirections && lowestMPerS < 0) {
            throw new IllegalArgumentException("band of speeds from " + lowestMPerS + " m/s: expected 0 or more");
        }
    }

    /**
     * A band of speeds, in either direction.
     *
     * @param lowestMPerS smallest speed, included
     * @param highestMPerS largest speed, excluded
     * @return the band
     */
    public static VelocityBand ofSpeeds(double lowestMPerS, double highestMPerS) {
        return new VelocityBand(lowestMPerS, highestMPerS, true);
    }

    /**
     * Computes the map.
     *
     * @param ensemble filtered frames
     * @param context where to run
     * @return mean power per pixel, in squared units of the samples
     * @throws IllegalArgumentException when no frequency of the ensemble falls into the band
     */
    public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
        IqEnsemble.Timing timing = ensemble.timing();
        int frames = ensemble.frames();
        double stepMPerS = timing.soundSpeedMPerS() * timing.frameRateHz() / (2 * timing.centerFrequencyHz() * frames);
        FourierPower.Share share = k -> contains(k * stepMPerS) ? 1 : 0;
        if (FourierPower.count(frames, share) == 0) {
            throw new IllegalArgumentException(
                    "no frequency of the ensemble has a velocity from " + lowestMPerS + " to "
                            + highestMPerS + " m/s: " + frames + " frames resolve steps of " + stepMPerS
                            + " m/s up to " + stepMPerS * frames / 2 + " m/s; widen the band or record longer");
        }
        Map<String, String> p = new LinkedHashMap<>();
        p.put("lowestMPerS", Double.toString(lowestMPerS));
        p.put("highestMPerS", Double.toString(highestMPerS));
        p.put("bothDirections", Boolean.toString(bothDirections));
        return DopplerFrame.wrap(
                DopplerFrame.Quantity.BAND_POWER,
                ensemble.grid(),
                FourierPower.of(ensemble, share, context),
                ensemble.provenance().with("velocity-band power Doppler", p));
    }

    private boolean contains(double v) {
        double speed = bothDirections ? Math.abs(v) : v;
        return speed >= lowestMPerS && speed < highestMPerS;
    }
}
