package org.fus.core.beamforming;

/**
 * The exploding-reflector model of one plane wave: echoes of a reflector at depth {@code z} look as if it had exploded at
 * time zero in a medium of another speed. Fitted so that the travel times of both agree to second order in the lateral
 * distance (Garcia et al. 2013, doi:10.1109/TUFFC.2013.2771).
 */
final class FkWave {
    final double sin;
    /** Lateral shift of an echo per depth. */
    final double shift;

    private final double speedMPerS;
    private final double depthFactor;

    FkWave(double tiltRad, double soundSpeedMPerS) {
        this.sin = Math.sin(tiltRad);
        double cos = Math.cos(tiltRad);
        double sum = 1 + cos + sin * sin;
        double beta = Math.pow(1 + cos, 1.5) / sum;
        this.speedMPerS = soundSpeedMPerS / Math.sqrt(sum);
        this.depthFactor = 2 / (soundSpeedMPerS * beta);
        this.shift = sin / (2 - cos);
    }

    /** The frequency at which the data hold what belongs to a depth frequency and a lateral frequency. */
    double dataHz(double depthHz, double lateralPerM) {
        return speedMPerS * Math.hypot(lateralPerM, depthFactor * depthHz);
    }

    /** The inverse: the depth frequency, 0 where there is none. */
    double depthHz(double dataHz, double lateralPerM) {
        double along = dataHz / speedMPerS;
        return Math.sqrt(Math.max(0, along * along - lateralPerM * lateralPerM)) / depthFactor;
    }
}
