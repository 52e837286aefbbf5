package org.fus.cloud.queue;

import java.nio.charset.StandardCharsets;

/** What every queue refuses. */
final class QueueRules {
    private QueueRules() {}

    static String requireBody(String body) {
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > JobQueue.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("message of " + bytes + " bytes: expected at most "
                    + JobQueue.MAX_BODY_BYTES + "; put what is long into the store and name it");
        }
        return body;
    }
}
