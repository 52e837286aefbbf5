package org.fus.core.error;

/** Reading from or writing to a store failed: missing, denied, full, interrupted. */
public final class FusStorageException extends FusException {
    private static final long serialVersionUID = 1L;
    private final boolean retryable;

    /**
     * Creates a failure of the form {@code resource: cannot operation: reason}.
     *
     * @param resource the file or object
     * @param operation the operation that failed, such as {@code read} or {@code write}
     * @param reason the reason, and the remedy
     * @param retryable whether the same call may succeed later
     * @param cause the underlying failure
     */
    public FusStorageException(String resource, String operation, String reason, boolean retryable, Throwable cause) {
        super(resource + ": cannot " + operation + ": " + reason, cause);
        this.retryable = retryable;
    }

    /**
     * Tells whether the same call may succeed later.
     *
     * @return true when a retry can help
     */
    public boolean retryable() {
        return retryable;
    }
}
