package org.fus.io.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteSource;

/** JSON of a store: documents, and attributes as plain values. */
final class ZarrJson {
    /** The name of metadata documents. */
    static final String DOCUMENT = "zarr.json";

    /** Far above any metadata of a real array; a larger document is none. */
    private static final long MAX_BYTES = 32L << 20;

    /** JSON has no NaN and no infinity: such numbers in attributes are objects with this one entry. */
    private static final String NUMBER = "$number";

    /** Python writes NaN as a bare word; it is understood. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ZarrJson() {}

    static String documentKey(String path) {
        return path.isEmpty() ? DOCUMENT : path + "/" + DOCUMENT;
    }

    static JsonNode read(ByteSource source) {
        if (source.size() > MAX_BYTES) {
            throw new FusFormatException(
                    source.name(), "size", source.size() + " bytes, expected metadata of at most " + MAX_BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) source.size());
        source.read(0, bytes);
        try {
            return JSON.readTree(bytes.array());
        } catch (JsonProcessingException e) {
            throw new FusFormatException(
                    source.name(),
                    "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()),
                    "no JSON: " + e.getOriginalMessage() + "; the metadata may be damaged: copy it again",
                    e);
        } catch (java.io.IOException e) {
            throw new FusFormatException(
                    source.name(), "text", "no JSON in UTF-8: " + e.getMessage() + "; copy it again", e);
        }
    }

    static AtomicFile.Filler filler(ObjectNode document) {
        return file -> file.write(0, ByteBuffer.wrap(JSON.writeValueAsBytes(document)));
    }

    /** Attributes as plain values: strings, {@link Long} or larger whole numbers, doubles, booleans, lists, maps, null. */
    static Map<String, Object> attributes(JsonNode object) {
        Map<String, Object> out = new LinkedHashMap<>();
        object.properties().forEach(e -> out.put(e.getKey(), plain(e.getValue())));
        return out;
    }

    static ObjectNode attributes(Map<String, ?> attributes) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, value) -> out.set(name, node(value)));
        return out;
    }

    private static Object plain(JsonNode v) {
        if (v.isNull()) {
            return null;
        }
        if (v.isTextual()) {
            return v.textValue();
        }
        if (v.isBoolean()) {
            return v.booleanValue();
        }
        if (v.isIntegralNumber()) {
            return v.canConvertToLong() ? (Object) v.longValue() : v.bigIntegerValue();
        }
        if (v.isNumber()) {
            return v.doubleValue();
        }
        if (v.isArray()) {
            List<Object> out = new ArrayList<>(v.size());
            v.forEach(e -> out.add(plain(e)));
            return out;
        }
        if (v.size() == 1 && v.path(NUMBER).isTextual()) {
            return switch (v.path(NUMBER).textValue()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> attributes(v);
            };
        }
        return attributes(v);
    }

    private static JsonNode node(Object value) {
        JsonNodeFactory f = JsonNodeFactory.instance;
        return switch (value) {
            case null -> f.nullNode();
            case JsonNode n -> n;
            case String s -> f.textNode(s);
            case Boolean b -> f.booleanNode(b);
            case Double d when !Double.isFinite(d) -> f.objectNode().put(NUMBER, d.toString());
            case Double d -> f.numberNode(d);
            case Float x -> node(x.doubleValue());
            case java.math.BigInteger n -> f.numberNode(n);
            case Number n -> f.numberNode(n.longValue());
            case List<?> list -> {
                ArrayNode array = f.arrayNode(list.size());
                list.forEach(e -> array.add(node(e)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = f.objectNode();
                map.forEach((k, v) -> object.set(String.valueOf(k), node(v)));
                yield object;
            }
            default ->
                throw new IllegalArgumentException("attribute of " + value.getClass()
                        + ": expected texts, numbers, booleans, lists and maps of them");
        };
    }

    static String shorten(JsonNode node) {
        if (node.isMissingNode()) {
            return "nothing";
        }
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
