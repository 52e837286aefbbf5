package org.fus.cloud.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.fus.cloud.internal.Json;
import org.fus.cloud.queue.Delivery;
import org.fus.cloud.queue.JobQueue;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.Project;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.run.CancelToken;
import org.fus.core.run.RunContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls jobs and does them, one at a time. Any number of workers may pull from one queue. A worker that dies loses its job
 * to another after {@link WorkerOptions#visibility}; because results are named by what they are made of, a job that two
 * workers do has one result all the same. What fails for a reason that may pass is tried again later; what cannot be done
 * fails at once; what kills its workers is set aside.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final AcquisitionStore store;
    private final JobQueue queue;
    private final WorkerOptions options;
    private final RunContext context;
    private final ThreadFactory threads;
    private final InstantSource clock = InstantSource.system();
    private final Object gate = new Object();
    private volatile boolean draining;
    private volatile boolean stopping;
    private volatile CancelToken current = new CancelToken();
    private Thread loop;

    /**
     * A worker that does nothing yet.
     *
     * @param store holds inputs, results and the records of jobs; not closed by the worker
     * @param queue where jobs come from; not closed by the worker
     * @param options how
     * @param context where to compute; hears of progress
     * @param threads for the worker's own threads
     */
    public Worker(
            AcquisitionStore store, JobQueue queue, WorkerOptions options, RunContext context, ThreadFactory threads) {
        this.store = Objects.requireNonNull(store, "store");
        this.queue = Objects.requireNonNull(queue, "queue");
        this.options = Objects.requireNonNull(options, "options");
        this.context = Objects.requireNonNull(context, "context");
        this.threads = Objects.requireNonNull(threads, "threads");
    }

    /**
     * A worker with daemon threads of its own.
     *
     * @param store holds inputs, results and the records of jobs; not closed by the worker
     * @param queue where jobs come from; not closed by the worker
     * @param options how
     * @param context where to compute; hears of progress
     */
    public Worker(AcquisitionStore store, JobQueue queue, WorkerOptions options, RunContext context) {
        this(
                store,
                queue,
                options,
                context,
                Thread.ofPlatform()
                        .daemon()
                        .name("fus-worker-" + options.name() + "-", 0)
                        .factory());
    }

    /** Starts to pull, on a thread of its own, until {@link #drain} or {@link #close}. */
    public void start() {
        synchronized (gate) {
            if (loop != null) {
                throw new IllegalStateException("worker " + options.name() + " was started before");
            }
            loop = threads.newThread(this::pull);
            loop.start();
        }
    }

    /**
     * Takes one job, if one waits, and does it on the calling thread.
     *
     * @return false when no job waits
     * @throws FusStorageException when queue or store cannot be reached; a job that fails is no failure of the worker
     */
    public boolean runOne() {
        Optional<Delivery> delivery = queue.receive(options.visibility());
        delivery.ifPresent(this::handle);
        return delivery.isPresent();
    }

    /** Takes no further job, and returns when the present one has ended. */
    public void drain() {
        draining = true;
        join();
        WorkerPresence.leave(store.objects(), options.name());
    }

    /** Stops: the present job is broken off and given back, so that another worker takes it at once. */
    @Override
    public void close() {
        stopping = true;
        current.cancel();
        drain();
    }

    /** Whether {@link #close} was called; the present job then ends soon. */
    boolean isStopping() {
        return stopping && current.isCancelled();
    }

    private void join() {
        Thread running;
        synchronized (gate) {
            running = loop;
        }
        if (running == null || running.equals(Thread.currentThread())) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("waiting for a worker");
        }
    }

    private void pull() {
        long announcedNs = 0;
        while (!draining) {
            try {
                if (announcedNs == 0
                        || System.nanoTime() - announcedNs
                                > WorkerPresence.TIME_TO_LIVE.dividedBy(4).toNanos()) {
                    WorkerPresence.announce(store.objects(), options.name(), clock.instant());
                    announcedNs = System.nanoTime();
                }
                if (!runOne()) {
                    Thread.sleep(IDLE);
                }
            } catch (FusException e) {
                LOG.warn("worker {}: {}", options.name(), e.getMessage());
                pause();
            } catch (InterruptedException e) {
                draining = true;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(IDLE.multipliedBy(4));
        } catch (InterruptedException e) {
            draining = true;
        }
    }

    /** A message, or a record, that is not what it should be goes aside: it would stop every worker that takes it. */
    private void handle(Delivery delivery) {
        try {
            JobAddress address = JobAddress.read(delivery.body());
            JobRecords records = records(address);
            Optional<JobRequest> request = records.request(address.id());
            if (request.isEmpty()) {
                queue.bury(delivery, "the store holds no job " + address.id() + " in project " + address.project());
                return;
            }
            records.update(address.id(), Optional.of(JobState.queued(clock.instant())), old -> old);
            JobState state = records.update(
                    address.id(), Optional.empty(), old -> old.status().isFinal() ? old : begun(old, delivery));
            if (state.status().isFinal()) {
                end(delivery, address, state);
            } else {
                work(delivery, address, request.get(), records);
            }
        } catch (FusFormatException e) {
            queue.bury(delivery, e.getMessage());
        }
    }

    /** The next state; a job that was begun too often without an end kills its workers, and has failed. */
    private JobState begun(JobState old, Delivery delivery) {
        return delivery.receives() > options.maxAttempts()
                ? old.ended(
                        JobStatus.FAILED,
                        "given up after " + (delivery.receives() - 1) + " attempts that did not end"
                                + (old.message().isEmpty() ? "; its worker died each time" : ": " + old.message()),
                        clock.instant())
                : old.running(options.name(), delivery.receives(), clock.instant());
    }

    private void work(Delivery delivery, JobAddress address, JobRequest request, JobRecords records) {
        JobLog log = new JobLog(clock);
        String logPart = String.format(
                Locale.ROOT,
                "%013d-%s",
                clock.millis(),
                UUID.randomUUID().toString().substring(0, 8));
        log.line("attempt " + delivery.receives() + " by worker " + options.name());
        CancelToken cancel = new CancelToken();
        current = cancel;
        if (stopping) {
            cancel.cancel();
        }
        Project project = store.project(address.project());
        Throwable failure = null;
        boolean lost;
        try (Heartbeat heartbeat = new Heartbeat(
                queue, delivery, options.visibility(), records, address.id(), logPart, log, cancel, threads)) {
            try {
                if (!project.has(request.resultName())) {
                    new JobRunner(project, request, log)
                            .run(context.withCancel(cancel).withProgress((stage, done, total) -> {
                                heartbeat.progress(stage, done, total);
                                context.report(stage, done, total);
                            }));
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                failure = e;
                log.line("failed: " + e.getMessage());
            }
            lost = heartbeat.lost();
        }
        try {
            if (!lost) {
                conclude(delivery, address, records, failure);
            }
        } finally {
            records.writeLog(address.id(), logPart, log.text());
        }
    }

    private void conclude(Delivery delivery, JobAddress address, JobRecords records, Throwable failure) {
        String reason =
                failure == null || failure.getMessage() == null ? String.valueOf(failure) : failure.getMessage();
        if (failure == null) {
            end(delivery, address, set(records, address, JobStatus.DONE, ""));
        } else if (failure instanceof FusCancelledException && stopping) {
            records.update(
                    address.id(),
                    Optional.empty(),
                    old -> old.status() == JobStatus.RUNNING ? old.again("its worker was stopped") : old);
            queue.release(delivery, Duration.ZERO);
        } else if (failure instanceof FusCancelledException) {
            end(delivery, address, set(records, address, JobStatus.CANCELLED, "cancelled"));
        } else if (!mayPass(failure)) {
            end(delivery, address, set(records, address, JobStatus.FAILED, reason));
        } else if (delivery.receives() >= options.maxAttempts()) {
            JobState state = set(
                    records,
                    address,
                    JobStatus.FAILED,
                    "given up after " + delivery.receives() + " attempts: " + reason);
            answer(address, state);
            queue.bury(delivery, reason);
        } else {
            records.update(
                    address.id(),
                    Optional.empty(),
                    old -> old.status() == JobStatus.RUNNING
                            ? old.again("attempt " + delivery.receives() + " failed: " + reason)
                            : old);
            queue.release(delivery, options.pauseAfter(delivery.receives()));
        }
    }

    /** The same input fails the same way; a store, memory and what nobody foresaw may be better next time. */
    private static boolean mayPass(Throwable failure) {
        return switch (failure) {
            case FusFormatException e -> false;
            case FusUnsupportedException e -> false;
            case IllegalArgumentException e -> false;
            case FusStorageException e -> e.retryable();
            default -> true;
        };
    }

    private JobState set(JobRecords records, JobAddress address, JobStatus status, String message) {
        return records.update(
                address.id(),
                Optional.empty(),
                old -> old.status() == JobStatus.DONE ? old : old.ended(status, message, clock.instant()));
    }

    private void end(Delivery delivery, JobAddress address, JobState state) {
        answer(address, state);
        if (state.status() == JobStatus.FAILED && delivery.receives() > options.maxAttempts()) {
            queue.bury(delivery, state.message());
        } else {
            queue.acknowledge(delivery);
        }
    }

    private void answer(JobAddress address, JobState state) {
        options.answers().ifPresent(answers -> {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("project", address.project());
            content.put("job", address.id());
            content.put("status", state.status().name());
            content.put("message", state.message());
            answers.send(Json.text(content));
        });
    }

    private JobRecords records(JobAddress address) {
        return new JobRecords(store.objects(), address.project());
    }
}
