package org.fus.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.source.ByteSource;

/** Reads and writes the document {@code zarr.json} of an array or a group. */
final class MetadataDocument {
    private static final Set<String> ARRAY_ENTRIES = Set.of(
            "zarr_format",
            "node_type",
            "shape",
            "data_type",
            "chunk_grid",
            "chunk_key_encoding",
            "fill_value",
            "codecs",
            "attributes",
            "dimension_names",
            "storage_transformers");

    private static final Set<String> GROUP_ENTRIES = Set.of("zarr_format", "node_type", "attributes");

    private final String file;
    private final JsonNode root;

    private MetadataDocument(String file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static MetadataDocument read(ByteSource source) {
        MetadataDocument document = new MetadataDocument(source.name(), ZarrJson.read(source));
        JsonNode version = document.root.path("zarr_format");
        if (!version.isIntegralNumber()) {
            throw document.failure("zarr_format", "3", version);
        }
        if (version.intValue() != 3) {
            throw new FusUnsupportedFormatException(
                    source.name(),
                    "zarr_format",
                    version + " is not supported (expected 3); convert the store, for example with zarr-python");
        }
        return document;
    }

    boolean isArray() {
        return switch (root.path("node_type").asText("")) {
            case "array" -> true;
            case "group" -> false;
            default -> throw failure("node_type", "array or group", root.path("node_type"));
        };
    }

    /** The attributes of an array or a group. */
    Map<String, Object> attributes() {
        if (!isArray()) {
            requireKnown(GROUP_ENTRIES);
        }
        JsonNode attributes = root.path("attributes");
        if (!attributes.isObject() && !attributes.isMissingNode()) {
            throw failure("attributes", "an object", attributes);
        }
        return ZarrJson.attributes(attributes);
    }

    ZarrMetadata array() {
        requireKnown(ARRAY_ENTRIES);
        if (!root.path("storage_transformers").isEmpty()) {
            throw unsupported("storage_transformers", root.path("storage_transformers"), "none");
        }
        SampleType type = type();
        List<Long> shape = list(root, "shape", "shape", n -> whole("shape", n));
        JsonNode grid = named("chunk_grid", root.path("chunk_grid"), Set.of("regular"));
        List<Integer> chunks = lengths("chunk_grid.chunk_shape", grid, "chunk_shape");
        CodecDocument codecs = new CodecDocument(this);
        try {
            return new ZarrMetadata(
                    type,
                    shape,
                    chunks,
                    codecs.read("codecs", root.path("codecs")),
                    keys(),
                    FillValue.read(type, root.path("fill_value")),
                    names(),
                    attributes());
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(file, "array", e.getMessage() + "; the metadata may be damaged", e);
        } catch (FusUnsupportedException e) {
            throw new FusUnsupportedFormatException(file, "array", e.getMessage(), e);
        }
    }

    static ObjectNode group(Map<String, ?> attributes) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("zarr_format", 3);
        out.put("node_type", "group");
        out.set("attributes", ZarrJson.attributes(attributes));
        return out;
    }

    static ObjectNode array(ZarrMetadata m) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("zarr_format", 3);
        out.put("node_type", "array");
        m.shape().forEach(out.putArray("shape")::add);
        out.put("data_type", m.type().label());
        ObjectNode grid = out.putObject("chunk_grid");
        grid.put("name", "regular");
        m.chunkShape().forEach(grid.putObject("configuration").putArray("chunk_shape")::add);
        ObjectNode keys = out.putObject("chunk_key_encoding");
        keys.put("name", m.keys().prefixed() ? "default" : "v2");
        keys.putObject("configuration").put("separator", String.valueOf(m.keys().separator()));
        out.set("fill_value", m.fill().toJson(m.type()));
        out.set("codecs", CodecDocument.write(m.codecs()));
        out.set("attributes", ZarrJson.attributes(m.attributes()));
        if (!m.dimensionNames().isEmpty()) {
            var names = out.putArray("dimension_names");
            m.dimensionNames().forEach(n -> {
                if (n.isEmpty()) {
                    names.addNull();
                } else {
                    names.add(n);
                }
            });
        }
        return out;
    }

    /** The configuration of an extension point that names one of the known extensions. */
    JsonNode named(String where, JsonNode node, Set<String> known) {
        String name = name(where, node);
        if (!known.contains(name)) {
            throw unsupported(where, node, known.stream().sorted().toList().toString());
        }
        JsonNode configuration = node.path("configuration");
        if (!configuration.isObject() && !configuration.isMissingNode()) {
            throw failure(where + ".configuration", "an object", configuration);
        }
        return configuration;
    }

    /** The name of an extension, which stands alone or in an object. */
    String name(String where, JsonNode node) {
        JsonNode name = node.isTextual() ? node : node.path("name");
        if (!name.isTextual()) {
            throw failure(where, "a name, or an object with a name", node);
        }
        return name.textValue();
    }

    List<Integer> lengths(String where, JsonNode object, String entry) {
        return list(object, where, entry, n -> {
            long value = whole(where, n);
            if (value > Integer.MAX_VALUE) {
                throw unsupported(where, n, "lengths of chunks below 2^31");
            }
            return (int) value;
        });
    }

    FusFormatException failure(String where, String expected, JsonNode got) {
        return new FusFormatException(
                file,
                where,
                "expected " + expected + ", got " + ZarrJson.shorten(got)
                        + "; the metadata may be damaged: copy it again");
    }

    FusUnsupportedFormatException unsupported(String where, JsonNode got, String supported) {
        return new FusUnsupportedFormatException(
                file,
                where,
                ZarrJson.shorten(got) + " is not supported (supported: " + supported
                        + "); rewrite the array without it");
    }

    private SampleType type() {
        JsonNode node = root.path("data_type");
        String name = name("data_type", node);
        for (SampleType type : SampleType.values()) {
            if (type.label().equals(name)) {
                return type;
            }
        }
        throw unsupported(
                "data_type",
                node,
                List.of(SampleType.values()).stream()
                        .map(SampleType::label)
                        .toList()
                        .toString());
    }

    private ChunkKeys keys() {
        JsonNode node = root.path("chunk_key_encoding");
        JsonNode configuration = named("chunk_key_encoding", node, Set.of("default", "v2"));
        boolean prefixed = name("chunk_key_encoding", node).equals("default");
        String separator = configuration.path("separator").asText(prefixed ? "/" : ".");
        if (!separator.equals("/") && !separator.equals(".")) {
            throw failure("chunk_key_encoding.separator", "/ or .", configuration.path("separator"));
        }
        return new ChunkKeys(prefixed, separator.charAt(0));
    }

    private List<String> names() {
        JsonNode names = root.path("dimension_names");
        if (names.isMissingNode() || names.isNull()) {
            return List.of();
        }
        return list(root, "dimension_names", "dimension_names", n -> {
            if (!n.isTextual() && !n.isNull()) {
                throw failure("dimension_names", "texts or null", n);
            }
            return n.isNull() ? "" : n.textValue();
        });
    }

    private long whole(String where, JsonNode n) {
        if (!n.isIntegralNumber() || !n.canConvertToLong() || n.longValue() < 0) {
            throw failure(where, "whole numbers from 0 to 2^63 - 1", n);
        }
        return n.longValue();
    }

    private <T> List<T> list(JsonNode object, String where, String entry, Function<JsonNode, T> element) {
        JsonNode node = object.path(entry);
        if (!node.isArray()) {
            throw failure(where, "a list", node);
        }
        List<T> out = new ArrayList<>(node.size());
        node.forEach(n -> out.add(element.apply(n)));
        return out;
    }

    /** An entry that nobody knows must be understood, unless it says that it need not be. */
    private void requireKnown(Set<String> known) {
        root.properties().forEach(e -> {
            JsonNode must = e.getValue().path("must_understand");
            if (!known.contains(e.getKey()) && !(must.isBoolean() && !must.booleanValue())) {
                throw unsupported(
                        "entry '" + e.getKey() + "'",
                        e.getValue(),
                        known.stream().sorted().toList().toString());
            }
        });
    }
}
