package org.fus.cloud.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.cloud.queue.JobQueue;
import org.fus.cloud.queue.QueueDepth;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.Manifest;
import org.fus.core.error.FusStorageException;

/** Asks for work and follows it. Safe for use by many threads. */
public final class JobClient {
    private final AcquisitionStore store;
    private final JobQueue queue;
    private final InstantSource clock;

    /**
     * A client.
     *
     * @param store holds inputs, results and the records of jobs; not closed by the client
     * @param queue from which workers pull; not closed by the client
     */
    public JobClient(AcquisitionStore store, JobQueue queue) {
        this.store = Objects.requireNonNull(store, "store");
        this.queue = Objects.requireNonNull(queue, "queue");
        this.clock = InstantSource.system();
    }

    /**
     * Asks for a job. What was asked for before is the same job: when it is done its result is there at once; after a
     * failure or a cancellation it begins anew.
     *
     * @param project of the input
     * @param input which acquisition
     * @param recipe what is computed
     * @return a handle to follow it
     */
    public JobHandle submit(String project, AcquisitionRef input, JobRecipe recipe) {
        Manifest manifest = store.project(project).manifest(input);
        JobRequest request =
                new JobRequest(project, manifest.acquisition(), manifest.version(), manifest.root(), recipe);
        JobRecords records = records(project);
        records.add(request);
        JobState fresh = JobState.queued(clock.instant());
        JobState state = records.update(
                request.id(),
                Optional.of(fresh),
                old -> old.status() == JobStatus.FAILED || old.status() == JobStatus.CANCELLED ? fresh : old);
        if (state.status() == JobStatus.QUEUED) {
            // Also when it was queued before: a client may have died in between, and a second message does no harm.
            queue.send(new JobAddress(project, request.id()).toBody());
        }
        return new JobHandle(store, records, request);
    }

    /**
     * A handle on a job that was submitted, by whomever.
     *
     * @param project of the job
     * @param id of the job, or its first digits when no other begins with them
     * @return the handle
     * @throws FusStorageException when there is none, or more than one
     */
    public JobHandle handle(String project, String id) {
        List<Job> found =
                list(project).stream().filter(j -> j.id().startsWith(id)).toList();
        if (found.size() != 1 || id.isEmpty()) {
            throw new FusStorageException(
                    store.name(),
                    "find",
                    (found.isEmpty() ? "there is no job " : "there are several jobs ") + id + " in project " + project
                            + "; fus job status lists them",
                    false,
                    null);
        }
        return new JobHandle(store, records(project), found.getFirst().request());
    }

    /**
     * The jobs of a project.
     *
     * @param project its name
     * @return newest first
     */
    public List<Job> list(String project) {
        return records(project).list();
    }

    /**
     * How much there is to do.
     *
     * @return figures of the queue
     */
    public QueueDepth depth() {
        return queue.depth();
    }

    /**
     * The workers that live: that have said so within two minutes.
     *
     * @return their names
     */
    public List<String> workers() {
        return WorkerPresence.living(store.objects(), clock.instant());
    }

    /**
     * The signal for more or fewer workers: jobs that wait, for each worker that lives, or for one when none does.
     *
     * @return 0 or more
     */
    public double backlogPerWorker() {
        return depth().waiting() / (double) Math.max(1, workers().size());
    }

    private JobRecords records(String project) {
        return new JobRecords(store.objects(), store.project(project).name());
    }
}
