package org.fus.cloud.job;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectKeys;

/**
 * One job: a recipe, and the version of an acquisition that it is applied to. Immutable.
 *
 * @param project in which the input is and the result will be
 * @param acquisition name of the input
 * @param version of the input
 * @param root hash of the input's content
 * @param recipe what is computed
 */
public record JobRequest(String project, String acquisition, int version, ContentHash root, JobRecipe recipe) {
    static final String SCHEMA = "fus-job/1";
    static final int MAX_BYTES = 1 << 20;
    private static final int ID_DIGITS = 32;

    /** Checks that nothing is missing. */
    public JobRequest {
        ObjectKeys.requireName("project", project);
        ObjectKeys.requireName("acquisition", acquisition);
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(recipe, "recipe");
    }

    /**
     * The name of the job: the same recipe on the same content of the same acquisition has the same, so work that was done
     * is not done again.
     *
     * @return 32 hexadecimal digits
     */
    public String id() {
        return ContentHash.of(toJson()).hex().substring(0, ID_DIGITS);
    }

    /**
     * The name of the acquisition that will hold the result.
     *
     * @return in the same project
     */
    public String resultName() {
        return "job-" + id();
    }

    ByteBuffer toJson() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schema", SCHEMA);
        out.put("project", project);
        out.put("acquisition", acquisition);
        out.put("version", version);
        out.put("root", root.hex());
        out.put("recipe", recipe.toContent());
        return Json.write(out);
    }

    static JobRequest read(String resource, byte[] bytes) {
        Json json = Json.read(resource, bytes).requireSchema(SCHEMA);
        try {
            return new JobRequest(
                    json.text("project"),
                    json.text("acquisition"),
                    (int) json.whole("version", Integer.MAX_VALUE),
                    ContentHash.parse(json.text("root")),
                    JobRecipe.read(resource, json.object("recipe").node().toString()));
        } catch (IllegalArgumentException e) {
            throw json.failure("request", "a project, an acquisition and a hash", e.getMessage());
        }
    }
}
