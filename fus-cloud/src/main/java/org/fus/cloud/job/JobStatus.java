package org.fus.cloud.job;

/** Where a job is. */
public enum JobStatus {
    /** It waits for a worker. */
    QUEUED,
    /** A worker is at it. */
    RUNNING,
    /** Its result is in the store. */
    DONE,
    /** It cannot be done; the message says why. */
    FAILED,
    /** Somebody cancelled it. */
    CANCELLED;

    /**
     * Tells whether nothing more will happen.
     *
     * @return true at the end
     */
    public boolean isFinal() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
