package org.fus.core.run;

/** Hears how far a long call is. Calls come from the calling thread only, one at a time, and never go backwards. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * Reports progress within one stage.
     *
     * @param stage the name of the stage, such as {@code beamform}
     * @param done finished parts
     * @param total all parts of the stage
     */
    void progress(String stage, long done, long total);
}
