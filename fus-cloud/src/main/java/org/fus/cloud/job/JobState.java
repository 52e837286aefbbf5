package org.fus.cloud.job;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fus.cloud.internal.Json;

/**
 * How far a job is. Immutable.
 *
 * @param status where it is
 * @param attempt how many times a worker began it
 * @param worker who is at it, or was last
 * @param stage what it does now, such as {@code beamform}
 * @param percent of that stage, 0 to 100
 * @param message why it failed, or what went wrong before it was tried again; otherwise empty
 * @param submitted when it was asked for
 * @param started when the last attempt began
 * @param ended when nothing more was going to happen
 */
public record JobState(
        JobStatus status,
        int attempt,
        String worker,
        String stage,
        int percent,
        String message,
        Instant submitted,
        Optional<Instant> started,
        Optional<Instant> ended) {
    static final String SCHEMA = "fus-job-state/1";
    static final int MAX_BYTES = 1 << 16;
    private static final int MAX_MESSAGE = 2000;

    /** Cuts the message to a length that a page can show. */
    public JobState {
        message = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    }

    static JobState queued(Instant now) {
        return new JobState(JobStatus.QUEUED, 0, "", "", 0, "", now, Optional.empty(), Optional.empty());
    }

    JobState running(String by, int attemptNumber, Instant now) {
        return new JobState(
                JobStatus.RUNNING,
                attemptNumber,
                by,
                "start",
                0,
                message,
                submitted,
                Optional.of(now),
                Optional.empty());
    }

    JobState progress(String newStage, int newPercent) {
        return new JobState(status, attempt, worker, newStage, newPercent, message, submitted, started, ended);
    }

    JobState again(String why) {
        return new JobState(JobStatus.QUEUED, attempt, worker, "", 0, why, submitted, started, Optional.empty());
    }

    JobState ended(JobStatus how, String why, Instant now) {
        return new JobState(
                how,
                attempt,
                worker,
                how == JobStatus.DONE ? "done" : stage,
                how == JobStatus.DONE ? 100 : percent,
                why,
                submitted,
                started,
                Optional.of(now));
    }

    /**
     * How long the last attempt took, or has taken until now.
     *
     * @param now the end while it runs
     * @return zero before the first attempt
     */
    public Duration elapsed(Instant now) {
        return started.map(s -> Duration.between(s, ended.orElse(now))).orElse(Duration.ZERO);
    }

    ByteBuffer toJson() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schema", SCHEMA);
        out.put("status", status.name());
        out.put("attempt", attempt);
        out.put("worker", worker);
        out.put("stage", stage);
        out.put("percent", percent);
        out.put("message", message);
        out.put("submitted", submitted.toString());
        started.ifPresent(t -> out.put("started", t.toString()));
        ended.ifPresent(t -> out.put("ended", t.toString()));
        return Json.write(out);
    }

    static JobState read(String resource, byte[] bytes) {
        Json json = Json.read(resource, bytes).requireSchema(SCHEMA);
        String status = json.text("status");
        try {
            return new JobState(
                    JobStatus.valueOf(status),
                    (int) json.whole("attempt", Integer.MAX_VALUE),
                    json.text("worker"),
                    json.text("stage"),
                    (int) json.whole("percent", 100),
                    json.text("message"),
                    json.instant("submitted"),
                    json.optionalText("started").map(t -> json.instant("started")),
                    json.optionalText("ended").map(t -> json.instant("ended")));
        } catch (IllegalArgumentException e) {
            throw json.failure("status", "the status of a job", status);
        }
    }
}
