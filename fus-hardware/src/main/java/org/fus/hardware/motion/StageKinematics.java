package org.fus.hardware.motion;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fus.core.geometry.Affine3;

/**
 * How the axes of a stage carry the probe: {@code probeToLab = stageToLab * T(x, y, z) * Rz(angle) * probeToCarriage}. A
 * rotation axis that does not pass through the middle of the probe is told by {@code probeToCarriage}. Immutable.
 *
 * @param axes number of axes of the stage
 * @param x index of the axis along x
 * @param y index of the axis along y
 * @param z index of the axis along z
 * @param rotation index of the axis about the vertical, or -1 when there is none
 * @param stageToLab where the stage stands in the laboratory; rigid
 * @param probeToCarriage how the probe is mounted; rigid
 */
public record StageKinematics(
        int axes, int x, int y, int z, int rotation, Affine3 stageToLab, Affine3 probeToCarriage) {
    /** How far a rotation may be from one about the vertical, radians: a tenth of the vendor's step of 0.1 degree. */
    private static final double ROTATION_TOLERANCE = Math.toRadians(0.01);

    /** Checks that the indices differ and exist. */
    public StageKinematics {
        Set<Integer> used = new TreeSet<>(List.of(x, y, z));
        boolean rotates = rotation >= 0 && used.add(rotation);
        int wanted = rotation < 0 ? 3 : 4;
        if (used.size() != wanted || rotates != (rotation >= 0) || used.stream().anyMatch(i -> i < 0 || i >= axes)) {
            throw new IllegalArgumentException(
                    "axes x " + x + ", y " + y + ", z " + z + ", rotation " + rotation + " of a stage of " + axes
                            + ": expected different indices below " + axes + ", rotation -1 for none");
        }
    }

    /**
     * A stage whose frame is LAB, with the probe in the middle of its carriage.
     *
     * @param axes number of axes
     * @param x index of the axis along x
     * @param y index of the axis along y
     * @param z index of the axis along z
     * @param rotation index of the axis about the vertical, or -1
     * @return the kinematics
     */
    public static StageKinematics of(int axes, int x, int y, int z, int rotation) {
        return new StageKinematics(axes, x, y, z, rotation, Affine3.identity(), Affine3.identity());
    }

    /**
     * Where the probe is.
     *
     * @param positionsSi metres or radians per axis
     * @return probeToLab
     */
    public Affine3 pose(double[] positionsSi) {
        if (positionsSi.length != axes) {
            throw new IllegalArgumentException(positionsSi.length + " positions, expected " + axes);
        }
        double angle = rotation < 0 ? 0 : positionsSi[rotation];
        Affine3 carriage = Affine3.ofEulerXyz(0, 0, angle, positionsSi[x], positionsSi[y], positionsSi[z]);
        return stageToLab.after(carriage).after(probeToCarriage);
    }

    /**
     * Where the axes must be.
     *
     * @param probeToLab the pose wanted
     * @return metres or radians per axis; NaN for axes that do not carry the probe
     * @throws IllegalArgumentException when the stage cannot turn the probe like that
     */
    public double[] positions(Affine3 probeToLab) {
        Affine3 c = stageToLab.inverse().after(probeToLab).after(probeToCarriage.inverse());
        double angle = Math.atan2(c.at(1, 0), c.at(0, 0));
        Affine3 about = Affine3.ofEulerXyz(0, 0, rotation < 0 ? 0 : angle, 0, 0, 0);
        double worst = 0;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                worst = Math.max(worst, Math.abs(c.at(row, column) - about.at(row, column)));
            }
        }
        if (worst > ROTATION_TOLERANCE) {
            throw new IllegalArgumentException("pose " + probeToLab + " is turned by about " + Math.toDegrees(worst)
                    + " degrees in a way that this stage cannot; expected a turn "
                    + (rotation < 0 ? "of none" : "about the vertical only"));
        }
        double[] p = new double[axes];
        Arrays.fill(p, Double.NaN);
        p[x] = c.at(0, 3);
        p[y] = c.at(1, 3);
        p[z] = c.at(2, 3);
        if (rotation >= 0) {
            p[rotation] = angle;
        }
        return p;
    }
}
