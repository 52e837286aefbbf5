package org.fus.hardware;

/**
 * Where a device stands:
 *
 * <pre>
 * CONNECTED --upload--> READY --start--> RUNNING --stop, end or failure--> STOPPING --> READY
 * any state --close--> CLOSED
 * </pre>
 */
public enum DeviceState {
    /** Open, without a program. */
    CONNECTED,
    /** Holds a program and waits for the start. */
    READY,
    /** Fires and delivers blocks. */
    RUNNING,
    /** Fires no more; the last block is on its way to the sink. */
    STOPPING,
    /** Gone for good. */
    CLOSED
}
