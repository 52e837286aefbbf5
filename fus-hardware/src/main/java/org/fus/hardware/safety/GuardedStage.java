package org.fus.hardware.safety;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import org.fus.hardware.motion.CollisionEnvelope;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionFault;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.StageEvent;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.StageStatus;

/** A stage that does not start to move while the device may fire. */
record GuardedStage(MotionStage stage, BooleanSupplier forbidden) implements MotionStage {
    private <T> CompletableFuture<T> unlessFiring(java.util.function.Supplier<CompletableFuture<T>> motion) {
        if (forbidden.getAsBoolean()) {
            return CompletableFuture.failedFuture(new MotionException(
                    stage.identity(),
                    MotionFault.of(
                            MotionFault.Kind.BUSY,
                            "an acquisition is under way that allows no motion; wait for its end or stop it")));
        }
        return motion.get();
    }

    @Override
    public CompletableFuture<StageStatus> home(Duration timeout) {
        return unlessFiring(() -> stage.home(timeout));
    }

    @Override
    public CompletableFuture<StageStatus> moveTo(double[] targetsSi, Duration timeout) {
        return unlessFiring(() -> stage.moveTo(targetsSi, timeout));
    }

    @Override
    public CompletableFuture<StageStatus> park(Duration timeout) {
        return unlessFiring(() -> stage.park(timeout));
    }

    @Override
    public CompletableFuture<StageStatus> jog(
            int axis, double distanceSi, double speedSiPerS, JogConfirmation confirmation) {
        return unlessFiring(() -> stage.jog(axis, distanceSi, speedSiPerS, confirmation));
    }

    @Override
    public CompletableFuture<StageStatus> reset() {
        return unlessFiring(stage::reset);
    }

    @Override
    public String identity() {
        return stage.identity();
    }

    @Override
    public StageSettings settings() {
        return stage.settings();
    }

    @Override
    public List<StageEvent.ControllerLimits> controllerLimits() {
        return stage.controllerLimits();
    }

    @Override
    public StageStatus status() {
        return stage.status();
    }

    @Override
    public void stop() {
        stage.stop();
    }

    @Override
    public void emergencyStop() {
        stage.emergencyStop();
    }

    @Override
    public void teachEnvelope(CollisionEnvelope envelope) {
        stage.teachEnvelope(envelope);
    }

    @Override
    public Flow.Publisher<StageEvent> events() {
        return stage.events();
    }

    @Override
    public void close() {
        stage.close();
    }
}
