package org.fus.hardware.motion;

import java.time.Duration;
import java.util.List;
import org.fus.hardware.motion.sim.KinematicAxis;

/**
 * A driver with a simulated controller behind it, as the conformance suite needs it. The axes have the kinematics of
 * {@link #fastAxis}: quick, so that the suite takes seconds.
 *
 * @param controller the driver under test, not connected yet
 * @param axes the truth, in controller units
 * @param line what the simulator does to its replies; null where there is no line
 * @param stallVisible whether the controller notices a stalled motor
 * @param restart makes the controller restart, or null where that cannot be told
 */
public record StageRig(
        MotionController controller,
        List<KinematicAxis> axes,
        ReplyShaper line,
        boolean stallVisible,
        Runnable restart,
        AutoCloseable simulator) {
    static final Duration READBACK = Duration.ofMillis(20);

    /** Travel of 10 mm, 100 mm/s, 2.5 m/s2; in controller units of {@code unitsPerMetre}. */
    public static KinematicAxis fastAxis(AxisSettings a) {
        double u = a.unitsPerSi();
        double p = a.toController(a.lowerLimitSi());
        double q = a.toController(a.upperLimitSi());
        double lower = Math.min(p, q);
        double upper = Math.max(p, q);
        return new KinematicAxis(
                new KinematicAxis.Body(
                        lower - 0.2e-3 * u,
                        upper + 0.2e-3 * u,
                        lower + 3e-3 * u,
                        0.1 * u,
                        2.5 * u,
                        0.1 * u,
                        lower,
                        0.2e-3 * u,
                        20e-6 * u),
                System::nanoTime);
    }
}
