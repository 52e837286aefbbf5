package org.fus.io.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;

/**
 * The rules by which the poses of a version 1 scan are joined to one volume: slices side by side along elevation, at equal
 * steps, under one angle. Poses that do not lie so are refused; a file can always be opened with its poses as stored.
 *
 * @param order the poses by ascending elevation
 * @param stepM mean distance of neighbours, metres
 * @param probeToLab from the PROBE frame of the joined volume, whose middle is its origin
 * @param angleRad the angle about z of the stored matrices
 */
record PoseStack(List<Integer> order, double stepM, Affine3 probeToLab, double angleRad) {
    /** Angles that differ by less are one, radians. */
    private static final double ANGLE_TOLERANCE = 1e-6;

    /** Positions are rounded to a micrometre. */
    private static final double GRID_M = 1e-6;

    /** Steps may differ from their median by this much, metres. */
    private static final double STEP_TOLERANCE_M = 5e-6;

    private static final double MIN_STEP_M = 1e-4;
    private static final double MAX_STEP_M = 1e-3;

    /** Where a pose lies: its angle and its position along elevation. */
    private record Place(int pose, double angleRad, double yM) {}

    static PoseStack of(String file, List<Affine3> poses, boolean vendorSign) {
        Affine3 centre = mean(poses);
        List<Place> places = new ArrayList<>();
        for (int p = 0; p < poses.size(); p++) {
            Affine3 m = poses.get(p);
            double angle = Math.atan2(m.at(1, 0), m.at(0, 0));
            Affine3 along = Affine3.ofEulerXyz(0, 0, -angle, 0, 0, 0)
                    .after(Affine3.translation(-centre.at(0, 3), -centre.at(1, 3), -centre.at(2, 3)))
                    .after(m);
            places.add(new Place(p, angle, Math.rint(along.at(1, 3) / GRID_M) * GRID_M));
        }
        requireGrid(file, places);
        List<Place> sorted =
                places.stream().sorted(Comparator.comparingDouble(Place::yM)).toList();
        double[] steps = IntStream.range(1, sorted.size())
                .mapToDouble(i -> sorted.get(i).yM() - sorted.get(i - 1).yM())
                .toArray();
        requireSteps(file, steps);
        requireOneTilt(file, poses);
        double middle = sorted.stream().mapToDouble(Place::yM).average().orElse(0);
        double angle = places.getFirst().angleRad();
        Affine3 straight = Affine3.ofEulerXyz(0, 0, angle, 0, 0, 0).after(Affine3.translation(0, middle, 0));
        Affine3 moved = Affine3.translation(
                centre.at(0, 3) + straight.at(0, 3),
                centre.at(1, 3) + straight.at(1, 3),
                centre.at(2, 3) + straight.at(2, 3));
        return new PoseStack(
                sorted.stream().map(Place::pose).toList(),
                Arrays.stream(steps).average().orElse(0),
                moved.after(rotation(poses.getFirst(), vendorSign)),
                angle);
    }

    /**
     * The rotation of the joined volume, the one place where its sign is decided. The stored matrices turn by +angle about
     * z, which is what puts every slice where its own pose has it; the vendor's reader reports -angle and no tilt.
     */
    static Affine3 rotation(Affine3 pose, boolean vendorSign) {
        if (vendorSign) {
            double angle = Math.atan2(pose.at(1, 0), pose.at(0, 0));
            return Affine3.ofEulerXyz(0, 0, -angle, 0, 0, 0);
        }
        return Affine3.translation(-pose.at(0, 3), -pose.at(1, 3), -pose.at(2, 3))
                .after(pose);
    }

    /** The centre of all poses, as a translation. */
    private static Affine3 mean(List<Affine3> poses) {
        double[] sum = new double[3];
        for (Affine3 pose : poses) {
            for (int r = 0; r < 3; r++) {
                sum[r] += pose.at(r, 3) / poses.size();
            }
        }
        return Affine3.translation(sum[0], sum[1], sum[2]);
    }

    private static void requireGrid(String file, List<Place> places) {
        long positions = places.stream().mapToDouble(Place::yM).distinct().count();
        List<Double> angles = new ArrayList<>();
        for (Place place : places) {
            if (angles.stream().noneMatch(a -> Math.abs(a - place.angleRad()) <= ANGLE_TOLERANCE)) {
                angles.add(place.angleRad());
            }
        }
        if (positions * angles.size() != places.size()) {
            throw refused(
                    file,
                    "expected every position under every angle, got " + places.size() + " poses at " + positions
                            + " positions and " + angles.size() + " angles");
        }
    }

    private static void requireSteps(String file, double[] steps) {
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        double rounded = Math.rint(median / GRID_M) * GRID_M;
        for (double step : steps) {
            if (Math.abs(step - rounded) > STEP_TOLERANCE_M) {
                throw refused(
                        file,
                        "the steps are irregular (expected " + mm(rounded) + " within " + mm(STEP_TOLERANCE_M)
                                + ", got " + mm(step) + ")");
            }
        }
        if (rounded < MIN_STEP_M || rounded > MAX_STEP_M) {
            throw refused(
                    file,
                    "steps of " + mm(rounded) + " cannot be collapsed (expected " + mm(MIN_STEP_M) + " to "
                            + mm(MAX_STEP_M) + ")");
        }
    }

    private static void requireOneTilt(String file, List<Affine3> poses) {
        Affine3 first = poses.getFirst();
        for (Affine3 pose : poses) {
            for (int i = 0; i < 9; i++) {
                double off = pose.at(i / 3, i % 3) - first.at(i / 3, i % 3);
                if (Math.abs(off) > ANGLE_TOLERANCE) {
                    throw refused(file, "the poses are turned differently (by about " + Math.abs(off) + " rad)");
                }
            }
        }
    }

    private static FusFormatException refused(String file, String problem) {
        return new FusFormatException(
                file,
                "acqMetaData/probeToLab",
                "the poses do not make one volume: " + problem + "; open it with its poses as stored (--raw)");
    }

    private static String mm(double metres) {
        return metres * 1e3 + " mm";
    }
}
