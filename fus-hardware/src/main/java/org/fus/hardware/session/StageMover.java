package org.fus.hardware.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusException;
import org.fus.core.geometry.Affine3;
import org.fus.core.run.RunContext;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.StageStatus;

/** Brings the probe where the plan wants it; knows where it is without a stage, too. */
final class StageMover {
    private static final Duration HOMING = Duration.ofMinutes(5);
    private static final Duration MOVE = Duration.ofMinutes(1);

    private final Optional<Rig.Stage> stage;
    private double worstErrorM;

    /** Moves a stage that the safety monitor guards. */
    StageMover(Optional<Rig.Stage> stage) {
        this.stage = stage;
    }

    /** Finds the references, unless the stage knows them. */
    void home(RunContext context) {
        stage.map(Rig.Stage::motors)
                .filter(s -> !s.status().isReferenced())
                .ifPresent(s -> await(s, s.home(HOMING), context));
    }

    /** Goes to a pose, and returns where the probe is by the readings of the axes. */
    Affine3 goTo(Affine3 pose, RunContext context) {
        if (stage.isEmpty()) {
            return pose;
        }
        MotionStage motors = stage.get().motors();
        await(motors, motors.moveTo(stage.get().kinematics().positions(pose), MOVE), context);
        Affine3 reached = pose();
        double dx = reached.at(0, 3) - pose.at(0, 3);
        double dy = reached.at(1, 3) - pose.at(1, 3);
        double dz = reached.at(2, 3) - pose.at(2, 3);
        worstErrorM = Math.max(worstErrorM, Math.sqrt(dx * dx + dy * dy + dz * dz));
        return reached;
    }

    /** Where the probe is, by the last reading. */
    Affine3 pose() {
        return stage.map(s -> s.kinematics().pose(s.motors().status().positions()))
                .orElseGet(Affine3::identity);
    }

    /** How far the probe stood from where it should, at most, metres. */
    double worstErrorM() {
        return worstErrorM;
    }

    void stop() {
        stage.ifPresent(s -> s.motors().stop());
    }

    private static void await(MotionStage motors, CompletableFuture<StageStatus> motion, RunContext context) {
        while (true) {
            try {
                motion.get(20, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                try {
                    context.checkCancelled("moving the probe");
                } catch (FusCancelledException cancelled) {
                    motors.stop();
                    throw cancelled;
                }
            } catch (InterruptedException e) {
                motors.stop();
                Thread.currentThread().interrupt();
                throw new FusCancelledException("moving the probe");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof FusException known) {
                    throw known;
                }
                throw new FusException("moving the probe failed: " + e.getCause(), e.getCause());
            }
        }
    }
}
