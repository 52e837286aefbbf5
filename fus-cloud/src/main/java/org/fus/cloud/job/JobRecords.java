package org.fus.cloud.job;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fus.cloud.object.ObjectInfo;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;
import org.fus.core.error.FusFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests, states and logs of the jobs of a project, in its store. */
final class JobRecords {
    static final int MAX_LOG_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(JobRecords.class);
    private static final String REQUEST = "/request.json";

    private final ObjectStore objects;
    private final String root;

    JobRecords(ObjectStore objects, String project) {
        this.objects = objects;
        this.root = "projects/" + project + "/jobs/";
    }

    /** Writes the request, unless it is there. */
    void add(JobRequest request) {
        objects.putIfAbsent(root + request.id() + REQUEST, request.toJson());
    }

    Optional<Job> find(String id) {
        Optional<JobRequest> request = request(id);
        return request.flatMap(r -> state(id).map(s -> new Job(id, r, s)));
    }

    Optional<JobRequest> request(String id) {
        String key = root + id + REQUEST;
        return objects.get(key, JobRequest.MAX_BYTES).map(o -> {
            JobRequest request = JobRequest.read(objects.name() + "/" + key, o.bytes());
            if (!request.id().equals(id)) {
                throw new FusFormatException(objects.name() + "/" + key, "request", "it is not the one of its name");
            }
            return request;
        });
    }

    Optional<JobState> state(String id) {
        return objects.get(stateKey(id), JobState.MAX_BYTES)
                .map(o -> JobState.read(objects.name() + "/" + stateKey(id), o.bytes()));
    }

    /** Newest first. A job whose record is damaged is left out of lists; asking for it tells why. */
    List<Job> list() {
        List<Job> out = new ArrayList<>();
        for (ObjectInfo info : objects.list(root)) {
            if (info.key().endsWith(REQUEST)) {
                String id = info.key().substring(root.length(), info.key().length() - REQUEST.length());
                try {
                    find(id).ifPresent(out::add);
                } catch (FusFormatException e) {
                    LOG.warn("{}", e.getMessage());
                }
            }
        }
        out.sort(Comparator.comparing((Job j) -> j.state().submitted()).reversed());
        return out;
    }

    /**
     * Changes a state, whatever others do to it meanwhile.
     *
     * @param change from the present state, or from nothing, to the next one; the same one for no change
     */
    JobState update(String id, Optional<JobState> initial, UnaryOperator<JobState> change) {
        while (true) {
            Optional<StoredObject> old = objects.get(stateKey(id), JobState.MAX_BYTES);
            JobState present = old.map(o -> JobState.read(objects.name() + "/" + stateKey(id), o.bytes()))
                    .orElse(null);
            JobState next = present == null
                    ? initial.orElseThrow(() -> new FusFormatException(
                            objects.name() + "/" + stateKey(id), "/", "the job has no state; submit it again"))
                    : change.apply(present);
            if (next.equals(present)) {
                return next;
            }
            boolean done = old.isEmpty()
                    ? objects.putIfAbsent(stateKey(id), next.toJson())
                    : objects.replace(stateKey(id), old.get().version(), next.toJson())
                            .isPresent();
            if (done) {
                return next;
            }
        }
    }

    /** Replaces the part of the log that one attempt of one worker writes. */
    void writeLog(String id, String part, String text) {
        String key = root + id + "/log/" + part;
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        Optional<StoredObject> old = objects.get(key, 2 * MAX_LOG_BYTES);
        if (old.isEmpty()) {
            objects.putIfAbsent(key, bytes);
        } else {
            objects.replace(key, old.get().version(), bytes);
        }
    }

    /** All parts in order. */
    String log(String id) {
        StringBuilder out = new StringBuilder();
        for (ObjectInfo info : objects.list(root + id + "/log/")) {
            objects.get(info.key(), 2 * MAX_LOG_BYTES)
                    .ifPresent(o -> out.append(new String(o.bytes(), StandardCharsets.UTF_8)));
        }
        return out.toString();
    }

    private String stateKey(String id) {
        return root + id + "/state.json";
    }
}
