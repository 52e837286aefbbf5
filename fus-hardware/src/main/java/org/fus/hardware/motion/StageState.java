package org.fus.hardware.motion;

/** Where a stage stands. */
public enum StageState {
    /** At least one axis has no reference: only homing and a confirmed crawl are possible. */
    UNREFERENCED,
    /** At rest, every axis referenced. */
    READY,
    /** Looking for its references. */
    HOMING,
    /** On its way to a target. */
    MOVING,
    /** On a jog. */
    JOGGING,
    /** At its target, waiting for vibrations to end. */
    SETTLING,
    /** Cut off by an emergency stop; {@link MotionStage#reset} is needed. */
    EMERGENCY_STOPPED,
    /** Line or protocol failed; {@link MotionStage#reset} or a new connection is needed. */
    FAULTED,
    /** Let go. */
    CLOSED;

    /**
     * Tells whether an axis may be moving.
     *
     * @return true while homing, moving, jogging or settling
     */
    public boolean inMotion() {
        return this == HOMING || this == MOVING || this == JOGGING || this == SETTLING;
    }
}
