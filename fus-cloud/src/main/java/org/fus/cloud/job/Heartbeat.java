package org.fus.cloud.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.fus.cloud.queue.Delivery;
import org.fus.cloud.queue.JobQueue;
import org.fus.core.error.FusException;
import org.fus.core.run.CancelToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a job is being worked on: holds its message, writes its progress and log, and raises the cancel token when
 * somebody cancels it or the message is lost to another worker.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final JobQueue queue;
    private final Delivery delivery;
    private final Duration visibility;
    private final JobRecords records;
    private final String id;
    private final String logPart;
    private final JobLog log;
    private final CancelToken cancel;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean lost;
    private volatile String stage = "start";
    private volatile int percent;
    private long extendedNs = System.nanoTime();
    private String written = "";

    Heartbeat(
            JobQueue queue,
            Delivery delivery,
            Duration visibility,
            JobRecords records,
            String id,
            String logPart,
            JobLog log,
            CancelToken cancel,
            ThreadFactory threads) {
        this.queue = queue;
        this.delivery = delivery;
        this.visibility = visibility;
        this.records = records;
        this.id = id;
        this.logPart = logPart;
        this.log = log;
        this.cancel = cancel;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** The listener of the work. */
    void progress(String newStage, long done, long total) {
        stage = newStage;
        percent = total <= 0 ? 0 : Math.clamp(100 * done / total, 0, 100);
    }

    /** Whether another worker may be at the job. */
    boolean lost() {
        return lost;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // its last write must not come after those of the worker
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration third = visibility.dividedBy(3);
        Duration pause = third.compareTo(LONGEST) < 0 ? third : LONGEST;
        while (!closed) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            try {
                beat(third);
            } catch (FusException e) {
                LOG.warn(
                        "job {}: {}",
                        id,
                        e.getMessage()); // the next beat may succeed; if none does, the message is lost
            }
        }
    }

    private void beat(Duration third) {
        if (System.nanoTime() - extendedNs >= third.toNanos()) {
            if (!queue.extend(delivery, visibility)) {
                lost = true;
                cancel.cancel();
                return;
            }
            extendedNs = System.nanoTime();
        }
        String nowStage = stage;
        int nowPercent = percent;
        JobState state = records.update(
                id,
                Optional.empty(),
                old -> old.status() == JobStatus.RUNNING ? old.progress(nowStage, nowPercent) : old);
        if (state.status() == JobStatus.CANCELLED) {
            cancel.cancel();
        }
        String text = log.text();
        if (!text.equals(written)) {
            records.writeLog(id, logPart, text);
            written = text;
        }
    }
}
