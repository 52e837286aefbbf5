package org.fus.core.error;

/** The caller cancelled the work through its {@code CancelToken}. */
public final class FusCancelledException extends FusException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param stage the stage that was interrupted
     */
    public FusCancelledException(String stage) {
        super(stage + ": cancelled");
    }
}
