package org.fus.core.simulation;

import org.fus.core.data.ChannelFormat;

/**
 * What is true of the blood in one vessel over some frames, from the scatterers themselves. Every scatterer counts with
 * the square of its amplitude, elevation weight included, as it does in a Doppler image.
 *
 * @param meanAxialVelocityMPerS mean velocity along the depth, metres per second, positive towards the probe
 * @param meanXM mean lateral position, metres
 * @param meanZM mean depth, metres
 * @param power sum of the squared amplitudes, mean over the frames
 */
public record VesselTruth(double meanAxialVelocityMPerS, double meanXM, double meanZM, double power) {
    /**
     * Adds up the scatterers of a vessel.
     *
     * @param phantom the phantom
     * @param vessel which of its vessels, from 0
     * @param format the probe, and the frame rate
     * @param medium its wavelength sets the elevation weights
     * @param firstFrame first frame
     * @param frames number of frames, at least 1
     * @return the truth
     * @throws IllegalArgumentException when the vessel holds no blood in these frames
     */
    public static VesselTruth of(
            Phantom phantom, int vessel, ChannelFormat format, Medium medium, long firstFrame, int frames) {
        if (vessel < 0 || vessel >= phantom.vessels().size() || firstFrame < 0 || frames < 1) {
            throw new IllegalArgumentException(
                    "vessel " + vessel + " of " + phantom.vessels().size() + ", " + frames + " frames from "
                            + firstFrame + ": the vessel must exist and at least one frame be asked for");
        }
        ElevationBeam beam = ElevationBeam.of(format, medium);
        Vessel v = phantom.vessels().get(vessel);
        double up = StrictMath.cos(v.tiltRad());
        double sum = 0;
        double sumSpeed = 0;
        double sumX = 0;
        double sumZ = 0;
        for (long f = firstFrame; f < firstFrame + frames; f++) {
            Vessel.Blood blood = v.at(f / format.sequence().frameRateHz(), phantom.seed(), vessel);
            Scatterers s = blood.scatterers();
            for (int i = 0; i < s.size(); i++) {
                double a = s.amplitude(i) * beam.weight(s.yM(i));
                sum += a * a;
                sumSpeed += a * a * blood.speedMPerS()[i] * up;
                sumX += a * a * s.xM(i);
                sumZ += a * a * s.zM(i);
            }
        }
        if (sum == 0) {
            throw new IllegalArgumentException("vessel " + vessel + " holds no blood in these frames");
        }
        return new VesselTruth(sumSpeed / sum, sumX / sum, sumZ / sum, sum / frames);
    }
}
