package org.fus.hardware.program;

import java.util.List;
import org.fus.core.geometry.Affine3;
import org.fus.hardware.plan.ScanPlan;
import org.fus.hardware.plan.ScanStep;

/**
 * How long a stage takes to move: for forecasts, not for control. Axes move together; each ramps up and down.
 *
 * @param speedMPerS highest speed, metres per second
 * @param accelerationMPerS2 metres per second squared
 * @param rotationRadPerS speed of a turn, radians per second
 * @param settleS rest after each move, seconds
 */
public record MotorModel(double speedMPerS, double accelerationMPerS2, double rotationRadPerS, double settleS) {
    /**
     * 10 mm/s, 0.1 m/s2, 30 degrees per second, 0.05 s: a step of 0.525 mm and its rest take 0.2 s, as in the published
     * multi-array sequence of four poses in 2.4 s with 0.4 s recorded at each (Bertolo et al. 2023).
     */
    public static final MotorModel DEFAULT = new MotorModel(10e-3, 0.1, Math.toRadians(30), 0.05);

    /** Checks the figures. */
    public MotorModel {
        if (!positive(speedMPerS)
                || !positive(accelerationMPerS2)
                || !positive(rotationRadPerS)
                || !(settleS >= 0)
                || Double.isInfinite(settleS)) {
            throw new IllegalArgumentException("motors of " + speedMPerS + " m/s, " + accelerationMPerS2 + " m/s2, "
                    + rotationRadPerS + " rad/s, " + settleS + " s rest: speeds must be positive, the rest 0 or more");
        }
    }

    private static boolean positive(double v) {
        return v > 0 && Double.isFinite(v);
    }

    /**
     * Time of one move.
     *
     * @param from probeToLab
     * @param to probeToLab
     * @return seconds with the rest; 0 when both are the same place
     */
    public double moveS(Affine3 from, Affine3 to) {
        double distance = Math.hypot(
                Math.hypot(to.at(0, 3) - from.at(0, 3), to.at(1, 3) - from.at(1, 3)), to.at(2, 3) - from.at(2, 3));
        double trace = 0;
        for (int row = 0; row < 3; row++) {
            for (int k = 0; k < 3; k++) {
                trace += from.at(row, k) * to.at(row, k);
            }
        }
        double turn = Math.acos(Math.clamp((trace - 1) / 2, -1, 1));
        double least = 1e-9; // what no stage tells apart; acos of a trace that is not quite 3 gives some 1e-8 rad
        if (distance < least && turn < 1e-6) {
            return 0;
        }
        double ramp = speedMPerS * speedMPerS / accelerationMPerS2;
        double straight = distance <= ramp
                ? 2 * Math.sqrt(distance / accelerationMPerS2)
                : distance / speedMPerS + speedMPerS / accelerationMPerS2;
        return Math.max(straight, turn / rotationRadPerS) + settleS;
    }

    /**
     * Time that a scan spends moving without recording. The way to the first pose is not counted.
     *
     * @param scan poses and visits
     * @return seconds
     */
    public double motorS(ScanPlan scan) {
        double sum = 0;
        int at = -1;
        List<Affine3> poses = scan.poses();
        for (ScanStep step : scan.steps()) {
            int from = switch (step) {
                case ScanStep.Dwell d -> d.pose();
                case ScanStep.Sweep s -> s.fromPose();
            };
            sum += at < 0 ? 0 : moveS(poses.get(at), poses.get(from));
            at = step instanceof ScanStep.Sweep s ? s.toPose() : from;
        }
        return sum;
    }
}
