package org.fus.cloud.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusStorageException;
import org.fus.io.source.ByteFolder;

/** Follows one job. Safe for use by many threads. */
public final class JobHandle {
    /** Name of the picture in a result. */
    public static final String PICTURE = "picture.png";

    /** Name of the map in a result. */
    public static final String MAP = "map.npy";

    private static final Duration LOOK = Duration.ofMillis(200);

    private final AcquisitionStore store;
    private final JobRecords records;
    private final JobRequest request;

    JobHandle(AcquisitionStore store, JobRecords records, JobRequest request) {
        this.store = store;
        this.records = records;
        this.request = request;
    }

    /**
     * The name of the job.
     *
     * @return 32 hexadecimal digits
     */
    public String id() {
        return request.id();
    }

    /**
     * What was asked for.
     *
     * @return the request
     */
    public JobRequest request() {
        return request;
    }

    /**
     * How far it is.
     *
     * @return a moment's state
     */
    public JobState state() {
        return records.state(id())
                .orElseThrow(() -> new FusStorageException(
                        store.name(), "find", "job " + id() + " has no state; submit it again", false, null));
    }

    /**
     * Waits for the end.
     *
     * @param timeout at most so long
     * @return the state, final unless the time was over
     * @throws FusCancelledException when the thread is interrupted
     */
    public JobState await(Duration timeout) {
        Instant end = Instant.now().plus(timeout);
        JobState state = state();
        while (!state.status().isFinal() && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FusCancelledException("waiting for a job");
            }
            state = state();
        }
        return state;
    }

    /**
     * Cancels the job; a worker that is at it stops within a second or two.
     *
     * @return the state afterwards: a job that has ended stays as it is
     */
    public JobState cancel() {
        Instant now = Instant.now();
        return records.update(
                id(),
                Optional.empty(),
                old -> old.status().isFinal() ? old : old.ended(JobStatus.CANCELLED, "cancelled", now));
    }

    /**
     * What workers wrote while they were at it.
     *
     * @return lines, the first attempt first
     */
    public String log() {
        return records.log(id());
    }

    /**
     * The acquisition that holds the result.
     *
     * @return in the project of the request; there once the job is done
     */
    public AcquisitionRef result() {
        return AcquisitionRef.newest(request.resultName());
    }

    /**
     * The files of the result: {@link #MAP}, its description, {@link #PICTURE}.
     *
     * @return a folder
     * @throws FusStorageException when there is no result yet
     */
    public ByteFolder resultFolder() {
        return store.project(request.project()).folder(result());
    }
}
