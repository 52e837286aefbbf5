package org.fus.cloud.job;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.fus.cloud.object.ObjectKeys;
import org.fus.cloud.queue.JobQueue;

/**
 * How a worker works.
 *
 * @param name in logs and lists; one of its own for each worker
 * @param visibility a job whose worker is silent for this long goes to another one
 * @param maxAttempts a job that was begun this often without an end is given up
 * @param backOff before the second attempt; twice as long before each further one
 * @param answers hears of every job that has ended; nothing for no such queue
 */
public record WorkerOptions(
        String name, Duration visibility, int maxAttempts, Duration backOff, Optional<JobQueue> answers) {
    /** Checks the choices. */
    public WorkerOptions {
        ObjectKeys.requireName("worker", name);
        Objects.requireNonNull(answers, "answers");
        if (visibility.compareTo(Duration.ofMillis(100)) < 0 || visibility.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("visibility " + visibility + ": expected 0.1 s to 12 h");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts " + maxAttempts + ": expected at least 1");
        }
        if (backOff.isNegative() || backOff.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("backOff " + backOff + ": expected 0 to 1 h");
        }
    }

    /**
     * The usual choices: a minute of silence, 3 attempts, 5 s before the second.
     *
     * @param name of the worker
     * @return the options
     */
    public static WorkerOptions of(String name) {
        return new WorkerOptions(name, Duration.ofMinutes(1), 3, Duration.ofSeconds(5), Optional.empty());
    }

    /**
     * The same with other times.
     *
     * @param silence a job whose worker is silent for this long goes to another one
     * @param pause before the second attempt
     * @return a changed copy
     */
    public WorkerOptions withTimes(Duration silence, Duration pause) {
        return new WorkerOptions(name, silence, maxAttempts, pause, answers);
    }

    /**
     * The same with a queue of answers.
     *
     * @param queue hears of every job that has ended
     * @return a changed copy
     */
    public WorkerOptions withAnswers(JobQueue queue) {
        return new WorkerOptions(name, visibility, maxAttempts, backOff, Optional.of(queue));
    }

    /** Before the attempt that follows the given one. */
    Duration pauseAfter(int attempt) {
        return backOff.multipliedBy(1L << Math.min(attempt - 1, 10));
    }
}
