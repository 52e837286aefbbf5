package org.fus.core.error;

/** Base of every failure that the SDK reports, other than wrong arguments ({@link IllegalArgumentException}). */
public class FusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message what failed, what was expected, what was found, and the remedy
     */
    public FusException(String message) {
        super(message);
    }

    /**
     * Creates a failure with its cause.
     *
     * @param message what failed, what was expected, what was found, and the remedy
     * @param cause the underlying failure
     */
    public FusException(String message, Throwable cause) {
        super(message, cause);
    }
}
