package org.fus.core.simulation;

import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A straight cylindrical vessel with parabolic (Poiseuille) flow: {@code v(r) = 2 mean (1 - r^2 / R^2)}. Scatterers
 * travel along the axis at constant radius and enter again at the other end with a fresh angle and amplitude, so that
 * their density stays uniform and no pattern comes back.
 *
 * @param centreXM lateral position of the middle, metres
 * @param centreYM elevation position of the middle, metres
 * @param centreZM depth of the middle, metres
 * @param tiltRad angle of the axis against the z axis within the image plane; 0 runs straight down, positive leans
 *     towards +x
 * @param radiusM R, metres
 * @param lengthM distance between the ends, metres
 * @param meanSpeedMPerS speed averaged over the cross-section, metres per second; positive flows towards the probe
 *     (up the axis), negative away from it
 * @param scatterers how many scatterers are inside at rest
 * @param volume how the blood volume changes
 */
public record Vessel(
        double centreXM,
        double centreYM,
        double centreZM,
        double tiltRad,
        double radiusM,
        double lengthM,
        double meanSpeedMPerS,
        int scatterers,
        BloodVolume volume) {
    /** Checks the figures. */
    public Vessel {
        Objects.requireNonNull(volume, "volume");
        if (!Double.isFinite(centreXM + centreYM + centreZM + meanSpeedMPerS) || !(Math.abs(tiltRad) < Math.PI / 2)) {
            throw new IllegalArgumentException("vessel at (" + centreXM + ", " + centreYM + ", " + centreZM
                    + ") m, tilt " + tiltRad + " rad, speed " + meanSpeedMPerS
                    + " m/s: all must be finite, the tilt between -pi/2 and pi/2");
        }
        if (!(radiusM > 0) || !(lengthM > 0) || !Double.isFinite(radiusM + lengthM) || scatterers < 1) {
            throw new IllegalArgumentException("vessel of radius " + radiusM + " m and length " + lengthM + " m with "
                    + scatterers + " scatterers: all must be positive");
        }
        double top = centreZM - lengthM / 2 * Math.cos(tiltRad) - radiusM * Math.abs(Math.sin(tiltRad));
        if (!(top > 0)) {
            throw new IllegalArgumentException("vessel centred at " + centreZM + " m depth begins at " + top
                    + " m; it must lie below the array (z > 0): place it deeper or make it shorter");
        }
    }

    /** The blood at one moment: scatterers and their speed along the axis, towards the probe. */
    @SuppressWarnings("ArrayRecordComponent") // read in place within this package
    record Blood(Scatterers scatterers, double[] speedMPerS) {}

    /** Where the blood is {@code timeS} after the first frame, in the {@code index}th vessel of a phantom. */
    Blood at(double timeS, long seed, int index) {
        double relative = volume.relativeVolume(timeS);
        if (!(relative >= 0) || !Double.isFinite(relative)) {
            throw new IllegalArgumentException(
                    "relative blood volume at " + timeS + " s is " + relative + ", expected 0 or a positive number");
        }
        int n = Math.toIntExact(Math.round(scatterers * relative));
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        double[] amplitude = new double[n];
        double[] speed = new double[n];
        double sin = StrictMath.sin(tiltRad);
        double cos = StrictMath.cos(tiltRad);
        for (int i = 0; i < n; i++) {
            SplittableRandom track = Seeds.stream(seed, Seeds.Purpose.BLOOD_TRACK, index, i);
            double share = track.nextDouble(); // r^2 / R^2: uniform over the cross-section
            speed[i] = 2 * meanSpeedMPerS * (1 - share);
            double way = track.nextDouble() + speed[i] * timeS / lengthM; // in lengths; 1 is the end near the probe
            double lap = Math.floor(way);
            double along = lengthM * (0.5 - (way - lap));
            SplittableRandom fresh = Seeds.stream(seed, Seeds.Purpose.BLOOD_LAP, index, i, (long) lap);
            double angle = 2 * Math.PI * fresh.nextDouble();
            double aside = radiusM * Math.sqrt(share) * StrictMath.cos(angle);
            x[i] = centreXM + along * sin + aside * cos;
            y[i] = centreYM + radiusM * Math.sqrt(share) * StrictMath.sin(angle);
            z[i] = centreZM + along * cos - aside * sin;
            amplitude[i] = GaussianNoise.next(fresh);
        }
        return new Blood(Scatterers.own(x, y, z, amplitude), speed);
    }
}
