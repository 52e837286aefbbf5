package org.fus.hardware;

import java.util.Objects;

/**
 * Why a device went to its safe state.
 *
 * @param kind which kind
 * @param message what, got, expected, remedy
 */
public record DeviceFault(Kind kind, String message) {
    /** What went wrong. */
    public enum Kind {
        /** The host gave no heartbeat in time. */
        HEARTBEAT_LOST,
        /** The voltage read back is not the one that was set. */
        HIGH_VOLTAGE,
        /** The probe is too warm. */
        TEMPERATURE,
        /** The probe was pulled out. */
        PROBE_REMOVED,
        /** Another probe is plugged in than the one that the program was made for. */
        PROBE_CHANGED,
        /** Nobody took the blocks in time. */
        OVERFLOW,
        /** The disk is nearly full. */
        DISK,
        /** The device fired and nobody looked or recorded. */
        FREEZE,
        /** An axis moved during an acquisition that does not allow it. */
        MOTION,
        /** Somebody pressed the button. */
        EMERGENCY_STOP,
        /** The device does not answer any more. */
        CRASHED
    }

    /** Checks that nothing is missing. */
    public DeviceFault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return kind + ": " + message;
    }
}
