package org.fus.hardware.plan;

/** One thing to do in a scan. */
public sealed interface ScanStep {
    /**
     * The repetition of the volume that this step belongs to.
     *
     * @return from 0
     */
    int cycle();

    /**
     * Blocks to record in this step.
     *
     * @return at least 1
     */
    int blocks();

    /**
     * Stand at a pose and record.
     *
     * @param cycle repetition of the volume, from 0
     * @param pose index into the poses of the plan
     * @param blocks blocks to record there
     */
    record Dwell(int cycle, int pose, int blocks) implements ScanStep {
        /** Checks the numbers. */
        public Dwell {
            requireCounts(cycle, blocks);
        }
    }

    /**
     * Move steadily from a pose to another one and record on the way.
     *
     * @param cycle repetition of the volume, from 0
     * @param fromPose index into the poses of the plan
     * @param toPose index into the poses of the plan
     * @param speedMPerS speed of the probe, metres per second
     * @param blocks blocks to record on the way
     */
    record Sweep(int cycle, int fromPose, int toPose, double speedMPerS, int blocks) implements ScanStep {
        /** Checks the numbers. */
        public Sweep {
            requireCounts(cycle, blocks);
            if (!(speedMPerS > 0) || Double.isInfinite(speedMPerS)) {
                throw new IllegalArgumentException("sweep at " + speedMPerS + " m/s, expected a positive speed");
            }
        }
    }

    private static void requireCounts(int cycle, int blocks) {
        if (cycle < 0 || blocks < 1) {
            throw new IllegalArgumentException("step of cycle " + cycle + " with " + blocks
                    + " blocks, expected cycle from 0 and at least 1 block");
        }
    }
}
