package org.fus.hardware.plan;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.geometry.Affine3;

/**
 * Makes the usual scans. Poses are probeToLab, metres. Stacks, multi-array scans and rotated stacks are regular by
 * construction, checked with {@link VolumeRegularity}: they can be put together to a volume.
 */
public final class ScanPlanner {
    /** Elevation of the vendor's four arrays apart, metres. */
    public static final double MULTI_ARRAY_SPACING_M = 2.1e-3;

    /** Arrays of the vendor's multi-array probe. */
    public static final int MULTI_ARRAYS = 4;

    private static final double MICROMETRE = 1e-6;

    private ScanPlanner() {}

    /**
     * How often, how long and in which order.
     *
     * @param cycles repetitions of the volume, at least 1
     * @param blocksPerPose blocks recorded at each pose per cycle, at least 1
     * @param order order of the visits
     * @param seed of a random order
     */
    public record Visits(int cycles, int blocksPerPose, VisitOrder order, long seed) {
        /** One volume, one block per pose, first to last. */
        public static final Visits ONCE = new Visits(1, 1, VisitOrder.SERIAL, 0);

        /** Checks the numbers. */
        public Visits {
            if (cycles < 1 || blocksPerPose < 1) {
                throw new IllegalArgumentException(
                        cycles + " cycles of " + blocksPerPose + " blocks per pose, expected at least 1 of each");
            }
        }
    }

    /**
     * One plane.
     *
     * @param pose probeToLab
     * @param blocks blocks to record there
     * @return the plan
     */
    public static ScanPlan singlePlane(Affine3 pose, int blocks) {
        return new ScanPlan("single plane", List.of(pose), List.of(new ScanStep.Dwell(0, 0, blocks)));
    }

    /**
     * Parallel planes.
     *
     * @param centre probeToLab in the middle of the stack; turned about the vertical only
     * @param slices planes, at least 2
     * @param stepM distance of two planes, 0.1 to 1 mm
     * @param visits how often, how long, in which order
     * @return the plan
     */
    public static ScanPlan stack(Affine3 centre, int slices, double stepM, Visits visits) {
        requireUpright(centre);
        requireAtLeast("slices", slices, 2);
        List<Affine3> poses = elevations(centre, slices, stepM);
        requireVolume("stack", poses);
        return plan("stack of " + slices, poses, visits);
    }

    /**
     * Planes of a probe with several arrays one behind the other, which tile their distance in equal steps.
     *
     * @param centre probeToLab in the middle of the volume; turned about the vertical only
     * @param arrays arrays of the probe
     * @param spacingM distance of two arrays
     * @param positions poses of the probe; slices are {@code arrays * positions}, {@code spacingM / positions} apart
     * @param visits how often, how long, in which order
     * @return the plan; its poses are those of the whole probe
     */
    public static ScanPlan multiArray(Affine3 centre, int arrays, double spacingM, int positions, Visits visits) {
        requireUpright(centre);
        requireAtLeast("arrays", arrays, 2);
        requireAtLeast("positions", positions, 1);
        List<Affine3> poses = elevations(centre, positions, spacingM / positions);
        requireVolume("multi-array scan", arrayPoses(poses, arrays, spacingM));
        return plan("multi-array, " + arrays * positions + " slices", poses, visits);
    }

    /**
     * The poses of the single arrays of a probe with several.
     *
     * @param poses probeToLab of the whole probe
     * @param arrays arrays of the probe
     * @param spacingM distance of two arrays
     * @return {@code arrays} poses for each pose, in order of elevation
     */
    public static List<Affine3> arrayPoses(List<Affine3> poses, int arrays, double spacingM) {
        List<Affine3> all = new ArrayList<>();
        for (Affine3 pose : poses) {
            all.addAll(elevations(pose, arrays, spacingM));
        }
        return all;
    }

    /**
     * A steady sweep in elevation, there and back again in odd cycles.
     *
     * @param centre probeToLab in the middle of the way; turned about the vertical only
     * @param lengthM length of the way, positive
     * @param speedMPerS speed of the probe, positive
     * @param blockDurationS duration of one block, positive; as many blocks as fit, at least 2
     * @param cycles sweeps
     * @return the plan; two neighbouring blocks are {@code lengthM / blocks} apart
     */
    public static ScanPlan sweep(Affine3 centre, double lengthM, double speedMPerS, double blockDurationS, int cycles) {
        requireUpright(centre);
        requirePositive("lengthM", lengthM);
        requirePositive("speedMPerS", speedMPerS);
        requirePositive("blockDurationS", blockDurationS);
        requireAtLeast("cycles", cycles, 1);
        double fits = Math.floor(lengthM / speedMPerS / blockDurationS + 1e-9);
        if (!(fits >= 2) || fits > 1_000_000) {
            throw new IllegalArgumentException("sweep of " + lengthM + " m at " + speedMPerS + " m/s holds " + fits
                    + " blocks of " + blockDurationS + " s, expected 2 to 1000000; go slower or further");
        }
        List<Affine3> ends = elevations(centre, 2, lengthM);
        List<ScanStep> steps = new ArrayList<>();
        for (int c = 0; c < cycles; c++) {
            steps.add(new ScanStep.Sweep(c, c % 2, 1 - c % 2, speedMPerS, (int) fits));
        }
        return new ScanPlan("sweep", ends, steps);
    }

    /**
     * Planes, or stacks of planes, turned about the vertical through one centre: for tomography.
     *
     * @param centre probeToLab in the middle at the first angle; turned about the vertical only
     * @param angles number of angles, evenly over half a turn, at least 2
     * @param slices planes per angle, at least 1
     * @param stepM distance of two planes; for several slices 0.1 to 1 mm in whole micrometres, even ones when
     *     {@code slices} is even, because readers tell elevations apart by the micrometre
     * @param visits how often, how long, in which order
     * @return the plan; angle by angle, every second one backwards
     */
    public static ScanPlan rotations(Affine3 centre, int angles, int slices, double stepM, Visits visits) {
        requireUpright(centre);
        requireAtLeast("angles", angles, 2);
        requireAtLeast("slices", slices, 1);
        if (slices > 1) {
            double grid = slices % 2 == 0 ? 2 * MICROMETRE : MICROMETRE;
            double steps = stepM / grid;
            if (Math.abs(steps - Math.rint(steps)) > 1e-3) {
                throw new IllegalArgumentException("step of " + stepM + " m for " + slices
                        + " slices at several angles, expected a multiple of " + grid + " m, such as "
                        + Math.rint(steps) * grid);
            }
        }
        List<Affine3> poses = new ArrayList<>();
        for (int a = 0; a < angles; a++) {
            Affine3 turned = turnedBy(centre, Math.PI * a / angles);
            List<Affine3> stack = elevations(turned, slices, stepM);
            poses.addAll(a % 2 == 0 ? stack : stack.reversed());
        }
        if (slices > 1) {
            requireVolume("rotated stack", poses);
        }
        return plan(angles + " rotations of " + slices + " slices", poses, visits);
    }

    /**
     * Poses of the caller's choice.
     *
     * @param poses probeToLab, rigid
     * @param visits how often, how long, in which order
     * @return the plan; {@link VolumeRegularity} tells whether it can become a volume
     */
    public static ScanPlan custom(List<Affine3> poses, Visits visits) {
        for (int i = 0; i < poses.size(); i++) {
            requireRigid("pose " + i, poses.get(i));
        }
        return plan("custom", poses, visits);
    }

    private static ScanPlan plan(String name, List<Affine3> poses, Visits visits) {
        List<ScanStep> steps = new ArrayList<>();
        for (int c = 0; c < visits.cycles(); c++) {
            for (int pose : visits.order().of(poses.size(), c, visits.seed())) {
                steps.add(new ScanStep.Dwell(c, pose, visits.blocksPerPose()));
            }
        }
        return new ScanPlan(name, poses, steps);
    }

    /** Poses at equal steps along the probe's own y, centred. */
    private static List<Affine3> elevations(Affine3 centre, int n, double stepM) {
        requirePositive("stepM", stepM);
        List<Affine3> poses = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            poses.add(centre.after(Affine3.translation(0, (i - (n - 1) / 2.0) * stepM, 0)));
        }
        return poses;
    }

    private static Affine3 turnedBy(Affine3 centre, double angleRad) {
        double angle = Math.atan2(centre.at(1, 0), centre.at(0, 0)) + angleRad;
        return Affine3.ofEulerXyz(0, 0, angle, centre.at(0, 3), centre.at(1, 3), centre.at(2, 3));
    }

    private static void requireVolume(String what, List<Affine3> poses) {
        VolumeRegularity r = VolumeRegularity.of(poses);
        if (!r.problems().isEmpty()) {
            throw new IllegalArgumentException(what + " would not give a volume: " + String.join("; ", r.problems()));
        }
    }

    static void requireRigid(String what, Affine3 pose) {
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                double dot = 0;
                for (int row = 0; row < 3; row++) {
                    dot += pose.at(row, i) * pose.at(row, k);
                }
                if (Math.abs(dot - (i == k ? 1 : 0)) > 1e-6) {
                    throw new IllegalArgumentException(
                            what + " is not rigid: " + pose + "; scale and shear are not poses");
                }
            }
        }
    }

    private static void requireUpright(Affine3 pose) {
        requireRigid("centre", pose);
        if (!(pose.at(2, 2) > 1 - 1e-9)) {
            throw new IllegalArgumentException("centre " + pose
                    + " is tilted; expected a turn about the vertical only, which is what volumes are put"
                    + " together from");
        }
    }

    private static void requireAtLeast(String what, int value, int least) {
        if (value < least || value > 100_000) {
            throw new IllegalArgumentException(what + " is " + value + ", expected " + least + " to 100000");
        }
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + ", expected a positive number");
        }
    }
}
