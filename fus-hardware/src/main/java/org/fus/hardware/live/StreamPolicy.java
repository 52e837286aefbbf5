package org.fus.hardware.live;

/**
 * What happens to items of a live stream that come faster than somebody takes them. The three ways are those of the FAST
 * framework (Smistad et al. 2015, doi:10.1007/s11548-015-1158-5).
 */
public enum StreamPolicy {
    /** For views: a newer item takes the place of the one that waits, which is dropped and counted. Holds nobody up. */
    NEWEST_ONLY,
    /**
     * For computations: each item in order; a few may wait, then the stage before is held up. What still waits at a cancel
     * is dropped and counted.
     */
    PROCESS_ALL,
    /**
     * For recording: each item in order, those that wait at a cancel or a fault of the device too. A failure ends the run,
     * because going on without storing would lose data.
     */
    STORE_ALL
}
