package org.fus.io.scan;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;

/**
 * A geometry in the terms of the format: near depth, and translation and Euler angles of each pose.
 *
 * @param depthNearMm depth of the first row
 * @param depthFarMm depth of the last row
 * @param translationsM x, y, z of each pose
 * @param rotationsRad angles about x, y, z of each pose
 */
record ScanGeometry(double depthNearMm, double depthFarMm, List<Double> translationsM, List<Double> rotationsRad) {
    /** A stored far depth within this of the computed one is the same, rounded otherwise. */
    private static final double SAME_DEPTH_MM = 1e-9;

    /** Positions are good to much more than this nanometre; it absorbs rounding. */
    private static final double TOLERANCE_M = 1e-9;

    private static final double TOLERANCE = 1e-9;

    static ScanGeometry of(String file, FusSeries.Shape shape, FusSeries.Geometry g, ScanFields fields) {
        double nearM = -g.voxelsToProbe().at(2, 3);
        Affine3 plain = ScanHeader.voxelsToProbe(shape, g.dxM(), g.dyM(), g.dzM(), nearM);
        requireAlongProbe(file, g.voxelsToProbe(), plain, g.dzM());
        double shiftX = g.voxelsToProbe().at(0, 3) - plain.at(0, 3);
        double shiftY = g.voxelsToProbe().at(1, 3) - plain.at(1, 3);
        boolean shifted = Math.hypot(shiftX, shiftY) > TOLERANCE_M;
        List<Double> translations = new ArrayList<>();
        List<Double> rotations = new ArrayList<>();
        List<Double> storedRotations = fields.numbers("probeToLabRotations");
        for (int p = 0; p < g.probeToLab().size(); p++) {
            Affine3 pose = g.probeToLab().get(p);
            Affine3 moved = shifted ? pose.after(Affine3.translation(shiftX, shiftY, 0)) : pose;
            translations.addAll(List.of(moved.at(0, 3), moved.at(1, 3), moved.at(2, 3)));
            rotations.addAll(angles(file, p, moved, storedRotations));
        }
        double near = millimetres(nearM);
        double far = near + g.dzM() * (shape.nz() - 1) * 1e3;
        double storedFar = fields.number("depthFarMm", far);
        return new ScanGeometry(
                near, Math.abs(storedFar - far) <= SAME_DEPTH_MM ? storedFar : far, translations, rotations);
    }

    private static void requireAlongProbe(String file, Affine3 got, Affine3 expected, double dzM) {
        for (int i = 0; i < 9; i++) {
            double e = expected.at(i / 3, i % 3);
            if (!(Math.abs(got.at(i / 3, i % 3) - e) <= TOLERANCE * dzM)) {
                throw new FusUnsupportedException(file + ": voxelsToProbe: a .scan holds voxels along the axes of the "
                        + "probe with depth away from it (expected " + expected + ", got " + got
                        + "); resample the series, or choose .npy");
            }
        }
    }

    /** The angles as stored when they make this pose, otherwise angles that do. */
    private static List<Double> angles(String file, int p, Affine3 pose, List<Double> stored) {
        if (stored.size() >= 3 * p + 3) {
            List<Double> kept = stored.subList(3 * p, 3 * p + 3);
            if (distance(rotated(kept, pose), pose) == 0) {
                return kept;
            }
        }
        double cosY = Math.hypot(pose.at(0, 0), pose.at(1, 0));
        double ry = Math.atan2(-pose.at(2, 0), cosY);
        // With y at +-90 degrees x and z turn about the same axis; z is then taken as 0.
        boolean locked = cosY < TOLERANCE;
        double rx = locked
                ? Math.atan2(Math.signum(ry) * pose.at(0, 1), Math.signum(ry) * pose.at(0, 2))
                : Math.atan2(pose.at(2, 1), pose.at(2, 2));
        double rz = locked ? 0 : Math.atan2(pose.at(1, 0), pose.at(0, 0));
        List<Double> angles = List.of(rx, ry, rz);
        if (!(distance(rotated(angles, pose), pose) <= TOLERANCE)) {
            throw new FusUnsupportedException(file + ": probeToLab of pose " + p
                    + ": a .scan holds rotations and translations only, got " + pose + "; choose .npy");
        }
        return angles;
    }

    private static Affine3 rotated(List<Double> a, Affine3 pose) {
        return Affine3.ofEulerXyz(a.get(0), a.get(1), a.get(2), pose.at(0, 3), pose.at(1, 3), pose.at(2, 3));
    }

    private static double distance(Affine3 a, Affine3 b) {
        double largest = 0;
        for (int i = 0; i < 12; i++) {
            largest = Math.max(largest, Math.abs(a.at(i / 4, i % 4) - b.at(i / 4, i % 4)));
        }
        return largest;
    }

    /** The number of millimetres that a reader turns back into exactly these metres, where there is one. */
    private static double millimetres(double metres) {
        double mm = metres * 1e3;
        for (double candidate : new double[] {mm, Math.nextUp(mm), Math.nextDown(mm)}) {
            if (candidate * 1e-3 == metres) {
                return candidate;
            }
        }
        return mm;
    }
}
