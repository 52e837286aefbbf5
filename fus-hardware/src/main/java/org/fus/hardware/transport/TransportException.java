package org.fus.hardware.transport;

import org.fus.core.error.FusDeviceException;

/** The line to a device is closed or broken. */
public final class TransportException extends FusDeviceException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure of the form {@code line: problem}.
     *
     * @param line the transport
     * @param problem what happened, and the remedy
     */
    public TransportException(String line, String problem) {
        super(line, problem);
    }

    /**
     * Creates a failure of the form {@code line: problem} with its cause.
     *
     * @param line the transport
     * @param problem what happened, and the remedy
     * @param cause the underlying failure
     */
    public TransportException(String line, String problem, Throwable cause) {
        super(line, problem, cause);
    }

    static TransportException closed(String line) {
        return new TransportException(line, "this end is closed; open the line again");
    }

    static TransportException interrupted(String line) {
        Thread.currentThread().interrupt();
        return new TransportException(line, "the thread was interrupted while it waited");
    }
}
