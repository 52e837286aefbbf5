package org.fus.cloud.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.core.error.FusFormatException;

/**
 * A JSON object that somebody else may have written: every entry is checked as it is taken.
 *
 * @param resource for messages
 * @param node the object
 */
public record Json(String resource, JsonNode node) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * Parses.
     *
     * @param resource for messages
     * @param bytes UTF-8
     * @return the object
     * @throws FusFormatException when it is no JSON object
     */
    public static Json read(String resource, byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (!node.isObject()) {
                throw new FusFormatException(
                        resource, "/", "expected a JSON object, got " + node.getNodeType() + "; it is damaged");
            }
            return new Json(resource, node);
        } catch (JsonProcessingException e) {
            throw new FusFormatException(
                    resource,
                    "line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                    "no JSON: " + e.getOriginalMessage() + "; it is damaged",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("reading an array does no input", e);
        }
    }

    /**
     * Writes maps, lists, texts and numbers.
     *
     * @param value what
     * @return UTF-8, indented
     */
    public static ByteBuffer write(Object value) {
        return ByteBuffer.wrap(text(value).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes maps, lists, texts and numbers.
     *
     * @param value what
     * @return indented
     */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only what has a JSON form is written", e);
        }
    }

    /**
     * Refuses another layout.
     *
     * @param schema the expected one
     * @return this
     */
    public Json requireSchema(String schema) {
        String got = text("schema");
        if (!got.equals(schema)) {
            throw failure("schema", schema, got);
        }
        return this;
    }

    /**
     * A text.
     *
     * @param name of the entry
     * @return its value
     */
    public String text(String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw failure(name, "a text", value);
        }
        return value.textValue();
    }

    /**
     * A text that may be missing.
     *
     * @param name of the entry
     * @return its value
     */
    public Optional<String> optionalText(String name) {
        return node.path(name).isMissingNode() || node.path(name).isNull() ? Optional.empty() : Optional.of(text(name));
    }

    /**
     * A whole number.
     *
     * @param name of the entry
     * @param max the largest that makes sense
     * @return 0 to {@code max}
     */
    public long whole(String name, long max) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > max) {
            throw failure(name, "a whole number from 0 to " + max, value);
        }
        return value.longValue();
    }

    /**
     * A number.
     *
     * @param name of the entry
     * @return finite
     */
    public double number(String name) {
        JsonNode value = node.path(name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw failure(name, "a number", value);
        }
        return value.doubleValue();
    }

    /**
     * A moment.
     *
     * @param name of the entry
     * @return parsed from ISO 8601
     */
    public Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw failure(name, "a time such as 2026-01-31T12:00:00Z", node.path(name));
        }
    }

    /**
     * An object.
     *
     * @param name of the entry
     * @return its value
     */
    public Json object(String name) {
        return object(name, node.path(name));
    }

    /**
     * A list of objects.
     *
     * @param name of the entry
     * @return its elements
     */
    public List<Json> objects(String name) {
        List<Json> out = new ArrayList<>();
        array(name).forEach(e -> out.add(object(name, e)));
        return out;
    }

    /**
     * A list of texts.
     *
     * @param name of the entry
     * @return its elements
     */
    public List<String> texts(String name) {
        List<String> out = new ArrayList<>();
        array(name).forEach(e -> {
            if (!e.isTextual()) {
                throw failure(name, "texts", e);
            }
            out.add(e.textValue());
        });
        return out;
    }

    private JsonNode array(String name) {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw failure(name, "a list", value);
        }
        return value;
    }

    private Json object(String name, JsonNode value) {
        if (!value.isObject()) {
            throw failure(name, "an object", value);
        }
        return new Json(resource, value);
    }

    /**
     * Says that an entry is not what it should be.
     *
     * @param name of the entry
     * @param expected in words
     * @param got its value
     * @return to be thrown
     */
    public FusFormatException failure(String name, String expected, Object got) {
        String text = String.valueOf(got);
        String shown = text.isEmpty() ? "nothing" : text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return new FusFormatException(
                resource,
                name,
                "expected " + expected + ", got " + shown + "; it is damaged or not made by this library");
    }
}
