package org.fus.hardware.motion;

/**
 * Why a motion was refused or ended before its target.
 *
 * @param kind which kind
 * @param axis index of the axis, or -1 when it concerns the whole stage
 * @param message what, got, expected, remedy
 */
public record MotionFault(Kind kind, int axis, String message) {
    /** What went wrong. */
    public enum Kind {
        /** The axes have no reference; home them. */
        NOT_REFERENCED,
        /** The target lies outside the soft limits of the host or of the controller. */
        SOFT_LIMIT,
        /** The way touches a forbidden box of the envelope. */
        ENVELOPE,
        /** A jog faster or longer than allowed, or without the confirmation that it needs. */
        JOG_REFUSED,
        /** Another motion is under way. */
        BUSY,
        /** An end switch was hit. */
        LIMIT_SWITCH,
        /** An axis stopped, or was held, short of its target. */
        STALL,
        /** The motion took longer than the caller allowed; the stage has been stopped. */
        TIMEOUT,
        /** Somebody called stop. */
        STOPPED,
        /** Somebody called emergency stop; reset is needed. */
        EMERGENCY_STOP,
        /** The controller answered what it must not, or nothing; the stage has been stopped. */
        PROTOCOL,
        /** The line is broken. */
        LINK_LOST,
        /** The controller restarted, so its positions mean nothing any more. */
        CONTROLLER_RESTARTED,
        /** The controller reports a fault of its own, such as drive temperature. */
        CONTROLLER,
        /** The stage is closed. */
        CLOSED
    }

    /**
     * A fault of the whole stage.
     *
     * @param kind which kind
     * @param message what, got, expected, remedy
     * @return the fault
     */
    public static MotionFault of(Kind kind, String message) {
        return new MotionFault(kind, -1, message);
    }
}
