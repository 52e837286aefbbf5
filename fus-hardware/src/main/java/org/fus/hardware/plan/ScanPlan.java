package org.fus.hardware.plan;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.geometry.Affine3;

/**
 * Poses and the order in which they are visited. Immutable.
 *
 * @param name what kind of scan it is, for people
 * @param poses probeToLab of every place, rigid; in the order of geometry, not of visits
 * @param steps what to do, in order
 */
public record ScanPlan(String name, List<Affine3> poses, List<ScanStep> steps) {
    /** Checks that steps name poses that exist. */
    public ScanPlan {
        poses = List.copyOf(poses);
        steps = List.copyOf(steps);
        if (poses.isEmpty() || steps.isEmpty()) {
            throw new IllegalArgumentException(
                    "plan " + name + " has " + poses.size() + " poses and " + steps.size() + " steps, expected some");
        }
        for (ScanStep step : steps) {
            int highest = switch (step) {
                case ScanStep.Dwell d -> d.pose();
                case ScanStep.Sweep s -> Math.max(s.fromPose(), s.toPose());
            };
            int lowest = switch (step) {
                case ScanStep.Dwell d -> d.pose();
                case ScanStep.Sweep s -> Math.min(s.fromPose(), s.toPose());
            };
            if (lowest < 0 || highest >= poses.size()) {
                throw new IllegalArgumentException(
                        "plan " + name + ": " + step + " names a pose outside 0 to " + (poses.size() - 1));
            }
        }
    }

    /**
     * Repetitions of the volume.
     *
     * @return at least 1
     */
    public int cycles() {
        return steps.stream().mapToInt(ScanStep::cycle).max().orElse(0) + 1;
    }

    /**
     * Blocks of the whole plan.
     *
     * @return the sum over all steps
     */
    public long blocks() {
        return steps.stream().mapToLong(ScanStep::blocks).sum();
    }

    /**
     * Where each block is recorded, in order of time: for a dwell its pose, for a sweep the place in the middle of the
     * block.
     *
     * @return probeToLab per block
     */
    public List<Affine3> posePerBlock() {
        List<Affine3> all = new ArrayList<>();
        for (ScanStep step : steps) {
            for (int b = 0; b < step.blocks(); b++) {
                all.add(
                        switch (step) {
                            case ScanStep.Dwell d -> poses.get(d.pose());
                            case ScanStep.Sweep s ->
                                between(poses.get(s.fromPose()), poses.get(s.toPose()), (b + 0.5) / s.blocks());
                        });
            }
        }
        return all;
    }

    /** Both ends of a sweep are turned alike, so only the translation changes. */
    private static Affine3 between(Affine3 from, Affine3 to, double fraction) {
        double[] m = from.toRowMajor();
        for (int row = 0; row < 3; row++) {
            m[4 * row + 3] += fraction * (to.at(row, 3) - from.at(row, 3));
        }
        return Affine3.ofRowMajor(m);
    }
}
