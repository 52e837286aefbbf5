package org.fus.hardware.program;

import org.fus.core.geometry.Affine3;

/**
 * Where an upright probe stands, in LAB: what a stage with three axes and a turn about the vertical can reach.
 *
 * @param xM metres
 * @param yM metres
 * @param zM metres
 * @param angleRad turn about the vertical
 */
public record UprightPose(double xM, double yM, double zM, double angleRad) {
    /** Where the stage is at home. */
    public static final UprightPose HOME = new UprightPose(0, 0, 0, 0);

    /**
     * As a map.
     *
     * @return probeToLab
     */
    public Affine3 probeToLab() {
        return Affine3.ofEulerXyz(0, 0, angleRad, xM, yM, zM);
    }

    boolean isFinite() {
        return Double.isFinite(xM) && Double.isFinite(yM) && Double.isFinite(zM) && Double.isFinite(angleRad);
    }
}
