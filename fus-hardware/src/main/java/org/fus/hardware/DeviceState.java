package org.fus.hardware;

/**
 * Where a device stands:
 *
 * <pre>
 * CONNECTED --upload--> READY --start--> ARMED --voltage is up, trigger came--> RUNNING
 * ARMED, RUNNING --stop, end or failure of the run--> STOPPING --> READY
 * any state --a fault--> FAULTED, --emergency stop--> EMERGENCY_STOPPED; both --reset--> READY or CONNECTED
 * any state --close--> CLOSED
 * </pre>
 *
 * High voltage is on in {@link #ARMED} and {@link #RUNNING} alone, and is cut before either is left.
 */
public enum DeviceState {
    /** Open, without a program. */
    CONNECTED,
    /** Holds a program and waits for the start. */
    READY,
    /** High voltage rises or is up; waits for the trigger of the program, when it has one. */
    ARMED,
    /** Fires and delivers blocks. */
    RUNNING,
    /** Fires no more; the last block is on its way to the sink. */
    STOPPING,
    /** Something went wrong: see {@link DeviceEvent.Faulted}. Stays until {@link UltrasoundDevice#reset}. */
    FAULTED,
    /** Somebody pressed the button. Stays until {@link UltrasoundDevice#reset}. */
    EMERGENCY_STOPPED,
    /** Gone for good. */
    CLOSED;

    /**
     * Whether a run is under way that may fire.
     *
     * @return true while armed and running
     */
    public boolean mayFire() {
        return this == ARMED || this == RUNNING;
    }
}
