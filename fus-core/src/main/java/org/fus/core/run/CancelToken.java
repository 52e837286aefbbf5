package org.fus.core.run;

/** A flag that any thread may raise to stop long work. Thread-safe; raised once, it stays raised. */
public final class CancelToken {
    private volatile boolean cancelled;

    /** Creates a token that is not raised. */
    public CancelToken() {}

    /** Asks the work that holds this token to stop at its next block border. */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Tells whether the token was raised.
     *
     * @return true after {@link #cancel()}
     */
    public boolean isCancelled() {
        return cancelled;
    }
}
