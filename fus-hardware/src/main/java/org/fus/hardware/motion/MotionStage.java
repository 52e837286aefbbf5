package org.fus.hardware.motion;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A motor stage. Thread-safe. Positions are metres or radians, one per axis, in the order of {@link #settings()}.
 *
 * <p>A motion that is refused, fails, is stopped, or takes too long completes its future with a {@link MotionException}
 * that carries the {@link MotionFault}; the same fault is an event. Futures complete, and subscribers run, on virtual
 * threads, never on the one that talks to the controller: what a host does there cannot delay a stop.
 *
 * <p>While any axis has no reference, everything but {@link #home} is refused, except a jog that the caller confirms.
 */
public interface MotionStage extends AutoCloseable {
    /** How a jog without a reference is confirmed. */
    enum JogConfirmation {
        /** Jog only when the stage is referenced. */
        NONE,
        /** A person looks at the probe and says that this jog, blind to all limits, is safe. */
        OPERATOR_WATCHES
    }

    /**
     * How the controller introduced itself.
     *
     * @return model and firmware
     */
    String identity();

    /**
     * How the stage is set up.
     *
     * @return the settings, with the envelope as taught last
     */
    StageSettings settings();

    /**
     * What the controller guards by itself, as found out when the stage was opened.
     *
     * @return one entry per axis
     */
    List<StageEvent.ControllerLimits> controllerLimits();

    /**
     * The last reading.
     *
     * @return state, positions, references
     */
    StageStatus status();

    /**
     * Looks for the references of all axes, one after the other in the order of the settings.
     *
     * @param timeout longest duration for all axes together
     * @return completes with the first reading after all axes were found
     */
    CompletableFuture<StageStatus> home(Duration timeout);

    /**
     * Moves all axes. On axes with backlash the last part is made in the same direction each time.
     *
     * @param targetsSi target per axis, metres or radians; NaN leaves an axis where it is
     * @param timeout longest duration, settling included
     * @return completes when the stage has arrived and settled
     * @throws IllegalArgumentException when the number of targets is wrong
     */
    CompletableFuture<StageStatus> moveTo(double[] targetsSi, Duration timeout);

    /**
     * Moves to the park position.
     *
     * @param timeout longest duration
     * @return completes when the stage has arrived and settled
     */
    CompletableFuture<StageStatus> park(Duration timeout);

    /**
     * Moves one axis by a distance, at a speed. A jog is always bounded, so that a host that dies leaves no axis running.
     *
     * @param axis index of the axis
     * @param distanceSi metres or radians, signed
     * @param speedSiPerS metres or radians per second, positive; without a reference at most the crawl speed
     * @param confirmation needed while the axis has no reference
     * @return completes when the axis rests
     */
    CompletableFuture<StageStatus> jog(int axis, double distanceSi, double speedSiPerS, JogConfirmation confirmation);

    /**
     * Decelerates all axes, and ends the motion under way with {@link MotionFault.Kind#STOPPED}. The command is written
     * when this returns. Does nothing harmful in any state.
     */
    void stop();

    /**
     * Cuts all axes off, from any thread: the command is written when this returns, and no motion command follows it
     * until {@link #reset}. May be called any number of times.
     */
    void emergencyStop();

    /**
     * Makes a stage usable again after an emergency stop or a fault: an explicit act of a person. Axes whose position may
     * be lost are not referenced afterwards.
     *
     * @return completes with a reading; fails when the cause is still there
     */
    CompletableFuture<StageStatus> reset();

    /**
     * Teaches where the stage must never go, from now on.
     *
     * @param envelope the envelope; an event records old and new
     * @throws IllegalArgumentException when it is made for another number of axes
     */
    void teachEnvelope(CollisionEnvelope envelope);

    /**
     * What happens on the stage. A subscriber that is more than 1024 events behind loses the newest ones.
     *
     * @return the events
     */
    Flow.Publisher<StageEvent> events();

    /**
     * Stops the axes and lets go of the controller. May be called in any state, any number of times, from any thread,
     * callbacks included.
     */
    @Override
    void close();
}
