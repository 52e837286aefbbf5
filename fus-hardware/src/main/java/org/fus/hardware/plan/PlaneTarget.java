package org.fus.hardware.plan;

import org.fus.core.geometry.Affine3;

/**
 * A plane of an atlas that the image shall show, in the frame of the brain, and the pose of the probe that shows it.
 *
 * @param centre the point that shall lie in the middle of the image, three coordinates in the brain's units
 * @param lateral direction of the image's x, three coordinates, any length
 * @param down direction of the image's depth, three coordinates, any length
 */
public record PlaneTarget(Vector centre, Vector lateral, Vector down) {
    /**
     * Three coordinates.
     *
     * @param x first
     * @param y second
     * @param z third
     */
    public record Vector(double x, double y, double z) {
        double dot(Vector o) {
            return x * o.x + y * o.y + z * o.z;
        }

        Vector cross(Vector o) {
            return new Vector(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
        }

        Vector times(double f) {
            return new Vector(f * x, f * y, f * z);
        }

        Vector minus(Vector o) {
            return new Vector(x - o.x, y - o.y, z - o.z);
        }

        Vector unit(String what) {
            double length = Math.sqrt(dot(this));
            if (!(length > 0) || Double.isInfinite(length)) {
                throw new IllegalArgumentException(what + " is " + this + ", expected a direction");
            }
            return times(1 / length);
        }
    }

    /**
     * A pose for a plane.
     *
     * @param probeToLab where the probe must be
     * @param tiltRad how far the image stays turned away from the plane, because the probe stays upright
     */
    public record Reached(Affine3 probeToLab, double tiltRad) {}

    /** Checks that the directions span a plane. */
    public PlaneTarget {
        Vector u = lateral.unit("lateral");
        Vector d = down.unit("down");
        if (Math.abs(u.dot(d)) > 0.5) {
            throw new IllegalArgumentException("lateral " + lateral + " and down " + down
                    + " are nearly parallel; expected a right angle, at least 60 degrees");
        }
    }

    /**
     * The pose that shows the plane exactly, for a stage that can turn the probe about every axis.
     *
     * @param brainToLab from registration, metres in LAB
     * @param depthM depth of the centre below the probe, metres
     * @return probeToLab
     */
    public Affine3 pose(Affine3 brainToLab, double depthM) {
        requireDepth(depthM);
        Vector x = mapped(brainToLab, lateral).unit("lateral in LAB");
        Vector d = mapped(brainToLab, down);
        Vector z = d.minus(x.times(d.dot(x))).unit("down in LAB").times(-1); // PROBE z points away from the brain
        return at(x, z.cross(x), z, brainToLab, depthM);
    }

    /**
     * The closest pose of a probe that stays upright, for the usual stage with one rotation about the vertical. The centre
     * is met exactly.
     *
     * @param brainToLab from registration, metres in LAB
     * @param depthM depth of the centre below the probe, metres
     * @param maxTiltRad largest tilt that remains acceptable, radians
     * @return the pose, and the tilt that remains
     * @throws IllegalArgumentException when the tilt is larger
     */
    public Reached upright(Affine3 brainToLab, double depthM, double maxTiltRad) {
        Affine3 exact = pose(brainToLab, depthM);
        // the turn about the vertical closest to a rotation R maximises trace(Rz^T R)
        double angle = Math.atan2(exact.at(1, 0) - exact.at(0, 1), exact.at(0, 0) + exact.at(1, 1));
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        double trace = c * (exact.at(0, 0) + exact.at(1, 1)) + s * (exact.at(1, 0) - exact.at(0, 1)) + exact.at(2, 2);
        double tilt = Math.acos(Math.clamp((trace - 1) / 2, -1, 1));
        if (!(tilt <= maxTiltRad)) {
            throw new IllegalArgumentException("the plane is tilted by " + Math.toDegrees(tilt)
                    + " degrees against an upright probe, allowed " + Math.toDegrees(maxTiltRad)
                    + "; choose a plane closer to the vertical, or tilt the animal");
        }
        return new Reached(
                at(new Vector(c, s, 0), new Vector(-s, c, 0), new Vector(0, 0, 1), brainToLab, depthM), tilt);
    }

    private Affine3 at(Vector x, Vector y, Vector z, Affine3 brainToLab, double depthM) {
        double[] p = brainToLab.apply(centre.x(), centre.y(), centre.z());
        return Affine3.ofRowMajor(
                x.x(),
                y.x(),
                z.x(),
                p[0] + depthM * z.x(),
                x.y(),
                y.y(),
                z.y(),
                p[1] + depthM * z.y(),
                x.z(),
                y.z(),
                z.z(),
                p[2] + depthM * z.z(),
                0,
                0,
                0,
                1);
    }

    private static Vector mapped(Affine3 map, Vector v) {
        double[] p = map.apply(v.x(), v.y(), v.z());
        double[] o = map.apply(0, 0, 0);
        return new Vector(p[0] - o[0], p[1] - o[1], p[2] - o[2]);
    }

    private static void requireDepth(double depthM) {
        if (!(depthM >= 0) || Double.isInfinite(depthM)) {
            throw new IllegalArgumentException("depth of " + depthM + " m, expected 0 or more");
        }
    }
}
