package org.fus.hardware.motion;

import java.util.List;

/** What happens on a stage, in order. Times are on the clock of {@link System#nanoTime()}. */
public sealed interface StageEvent {
    /**
     * When it was noticed.
     *
     * @return nanoseconds
     */
    long hostTimeNs();

    /**
     * The stage went from one state to another.
     *
     * @param hostTimeNs when
     * @param from the state before
     * @param to the state now
     */
    record StateChanged(long hostTimeNs, StageState from, StageState to) implements StageEvent {}

    /**
     * All positions were read; at least ten times per second.
     *
     * @param hostTimeNs when
     * @param status the reading
     */
    record PositionRead(long hostTimeNs, StageStatus status) implements StageEvent {}

    /**
     * A motion was refused or ended early.
     *
     * @param hostTimeNs when
     * @param fault why
     */
    record Faulted(long hostTimeNs, MotionFault fault) implements StageEvent {}

    /**
     * A move reached its target and settled.
     *
     * @param hostTimeNs when
     * @param positionsSi where, metres or radians per axis
     */
    record Arrived(long hostTimeNs, List<Double> positionsSi) implements StageEvent {
        /** Copies the list. */
        public Arrived {
            positionsSi = List.copyOf(positionsSi);
        }
    }

    /**
     * The limits in the controller were written and read back, or the controller has none to show.
     *
     * @param hostTimeNs when
     * @param axis index of the axis
     * @param verified true when the controller now guards limits that it has read back
     * @param message what it guards, or why it cannot
     */
    record ControllerLimits(long hostTimeNs, int axis, boolean verified, String message) implements StageEvent {}

    /**
     * Where the stage must never go was changed.
     *
     * @param hostTimeNs when
     * @param from the envelope before
     * @param to the envelope now
     */
    record EnvelopeChanged(long hostTimeNs, CollisionEnvelope from, CollisionEnvelope to) implements StageEvent {}

    /**
     * Something odd that did no harm, such as one lost reply.
     *
     * @param hostTimeNs when
     * @param message what
     */
    record Warning(long hostTimeNs, String message) implements StageEvent {}
}
