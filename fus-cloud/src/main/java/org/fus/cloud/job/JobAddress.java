package org.fus.cloud.job;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectKeys;

/** What a message of the queue says: which job. */
record JobAddress(String project, String id) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    JobAddress {
        ObjectKeys.requireName("project", project);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("job '" + id + "': expected 32 digits 0 to 9, a to f");
        }
    }

    String toBody() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schema", JobRequest.SCHEMA);
        out.put("project", project);
        out.put("job", id);
        return Json.text(out);
    }

    static JobAddress read(String body) {
        Json json = Json.read("message", body.getBytes(StandardCharsets.UTF_8)).requireSchema(JobRequest.SCHEMA);
        try {
            return new JobAddress(json.text("project"), json.text("job"));
        } catch (IllegalArgumentException e) {
            throw json.failure("job", "a project and a job", e.getMessage());
        }
    }
}
