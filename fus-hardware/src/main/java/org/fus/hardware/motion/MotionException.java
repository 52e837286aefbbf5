package org.fus.hardware.motion;

import org.fus.core.error.FusDeviceException;

/** A motion was refused or ended before its target. */
public final class MotionException extends FusDeviceException {
    private static final long serialVersionUID = 1L;
    private final transient MotionFault fault;

    /**
     * Creates a failure of the form {@code stage: problem}.
     *
     * @param stage the stage or controller
     * @param fault what went wrong
     */
    public MotionException(String stage, MotionFault fault) {
        super(stage, fault.message());
        this.fault = fault;
    }

    /**
     * Creates a failure of the form {@code stage: problem} with its cause.
     *
     * @param stage the stage or controller
     * @param fault what went wrong
     * @param cause the underlying failure
     */
    public MotionException(String stage, MotionFault fault, Throwable cause) {
        super(stage, fault.message(), cause);
        this.fault = fault;
    }

    /**
     * What went wrong.
     *
     * @return the fault
     */
    public MotionFault fault() {
        return fault;
    }
}
