package org.fus.core.error;

/** The request is valid, but this version of the SDK does not do it; for files see {@link FusUnsupportedFormatException}. */
public final class FusUnsupportedException extends FusException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message what is not supported, and what is
     */
    public FusUnsupportedException(String message) {
        super(message);
    }
}
