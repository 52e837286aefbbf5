package org.fus.hardware.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.fus.core.geometry.Affine3;

/**
 * Whether poses can be put together to one volume without interpolation: they must be the product of turns about the
 * vertical and of equal steps in elevation. The rules are those of the vendor's reader: the centre is the mean
 * translation, elevations count in micrometres, steps are equal within 5 um and lie between 0.1 and 1 mm.
 *
 * @param anglesRad the different turns about the vertical, ascending
 * @param elevationsM the different elevations relative to the centre, ascending, to the micrometre
 * @param problems what stands against it; empty when a volume can be made
 */
public record VolumeRegularity(List<Double> anglesRad, List<Double> elevationsM, List<String> problems) {
    /** How far two steps may differ, metres: the precision of the vendor's motors. */
    public static final double STEP_TOLERANCE_M = 5e-6;

    /** Smallest step, metres. */
    public static final double MIN_STEP_M = 100e-6;

    /** Largest step, metres. */
    public static final double MAX_STEP_M = 1e-3;

    private static final double ANGLE_TOLERANCE = 1e-6;
    private static final double GRID_M = 1e-6;

    /** Copies the lists. */
    public VolumeRegularity {
        anglesRad = List.copyOf(anglesRad);
        elevationsM = List.copyOf(elevationsM);
        problems = List.copyOf(problems);
    }

    /**
     * Looks at poses.
     *
     * @param poses probeToLab, at least one, in any order
     * @return what was found
     */
    public static VolumeRegularity of(List<Affine3> poses) {
        if (poses.isEmpty()) {
            throw new IllegalArgumentException("no poses, expected at least one");
        }
        double[] centre = new double[3];
        for (Affine3 p : poses) {
            for (int i = 0; i < 3; i++) {
                centre[i] += p.at(i, 3) / poses.size();
            }
        }
        List<Double> angles = new ArrayList<>();
        TreeSet<Long> elevations = new TreeSet<>();
        for (Affine3 p : poses) {
            double angle = Math.atan2(p.at(1, 0), p.at(0, 0));
            if (angles.stream().noneMatch(a -> Math.abs(a - angle) <= ANGLE_TOLERANCE)) {
                angles.add(angle);
            }
            double dx = p.at(0, 3) - centre[0];
            double dy = p.at(1, 3) - centre[1];
            elevations.add(Math.round((Math.cos(angle) * dy - Math.sin(angle) * dx) / GRID_M));
        }
        List<String> problems = new ArrayList<>();
        if ((long) angles.size() * elevations.size() != poses.size()) {
            problems.add(poses.size() + " poses are not the product of " + angles.size() + " turns and "
                    + elevations.size() + " elevations");
        }
        double[] y = elevations.stream().mapToDouble(v -> v * GRID_M).toArray();
        checkSteps(y, problems);
        return new VolumeRegularity(
                angles.stream().sorted().toList(), Arrays.stream(y).boxed().toList(), problems);
    }

    private static void checkSteps(double[] y, List<String> problems) {
        if (y.length < 2) {
            return;
        }
        double[] steps = new double[y.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = y[i + 1] - y[i];
        }
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        double worst = Math.max(sorted[sorted.length - 1] - median, median - sorted[0]);
        if (worst > STEP_TOLERANCE_M) {
            problems.add("steps in elevation differ by up to " + (float) worst + " m from their median, allowed "
                    + STEP_TOLERANCE_M);
        }
        if (median < MIN_STEP_M - GRID_M / 2 || median > MAX_STEP_M + GRID_M / 2) {
            problems.add("step in elevation of " + (float) median + " m, allowed " + MIN_STEP_M + " to " + MAX_STEP_M);
        }
    }
}
