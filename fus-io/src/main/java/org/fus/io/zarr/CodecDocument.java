package org.fus.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Codecs as they stand in metadata. */
final class CodecDocument {
    private static final Set<String> KNOWN = Set.of("bytes", "transpose", "gzip", "zstd", "crc32c", "sharding_indexed");

    private final MetadataDocument document;

    CodecDocument(MetadataDocument document) {
        this.document = document;
    }

    List<ZarrCodec> read(String where, JsonNode list) {
        if (!list.isArray()) {
            throw document.failure(where, "a list of codecs", list);
        }
        List<ZarrCodec> codecs = new ArrayList<>(list.size());
        for (JsonNode node : list) {
            codecs.add(codec(where, node));
        }
        return codecs;
    }

    private ZarrCodec codec(String where, JsonNode node) {
        JsonNode configuration = document.named(where, node, KNOWN);
        String at = where + "." + document.name(where, node);
        return switch (document.name(where, node)) {
            case "bytes" -> new ZarrCodec.Bytes(order(at + ".endian", configuration.path("endian")));
            case "transpose" -> new ZarrCodec.Transpose(document.lengths(at + ".order", configuration, "order"));
            case "gzip" -> new ZarrCodec.Gzip(whole(at + ".level", configuration.path("level"), 5));
            case "zstd" ->
                new ZarrCodec.Zstd(
                        whole(at + ".level", configuration.path("level"), 0),
                        configuration.path("checksum").asBoolean(false));
            case "crc32c" -> new ZarrCodec.Crc32c();
            default -> sharding(at, configuration);
        };
    }

    private ZarrCodec.Sharding sharding(String at, JsonNode configuration) {
        List<ZarrCodec> index = read(at + ".index_codecs", configuration.path("index_codecs"));
        boolean checksum = index.size() == 2 && index.get(1) instanceof ZarrCodec.Crc32c;
        if (index.isEmpty()
                || !(index.getFirst() instanceof ZarrCodec.Bytes bytes)
                || (index.size() > 1 && !checksum)) {
            throw document.unsupported(
                    at + ".index_codecs", configuration.path("index_codecs"), "bytes, or bytes and crc32c");
        }
        String location = configuration.path("index_location").asText("end");
        if (!location.equals("end") && !location.equals("start")) {
            throw document.failure(at + ".index_location", "end or start", configuration.path("index_location"));
        }
        return new ZarrCodec.Sharding(
                document.lengths(at + ".chunk_shape", configuration, "chunk_shape"),
                read(at + ".codecs", configuration.path("codecs")),
                bytes.order(),
                checksum,
                location.equals("end"));
    }

    private ByteOrder order(String at, JsonNode endian) {
        return switch (endian.asText("")) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> {
                // Values of one byte have no order, and then it may be left out.
                if (endian.isMissingNode()) {
                    yield ByteOrder.LITTLE_ENDIAN;
                }
                throw document.failure(at, "little or big", endian);
            }
        };
    }

    private int whole(String at, JsonNode node, int absent) {
        if (node.isMissingNode()) {
            return absent;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw document.failure(at, "a whole number", node);
        }
        return node.intValue();
    }

    static ArrayNode write(List<ZarrCodec> codecs) {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (ZarrCodec codec : codecs) {
            ObjectNode node = out.addObject();
            node.put("name", codec.id());
            switch (codec) {
                case ZarrCodec.Bytes b -> node.putObject("configuration").put("endian", endian(b.order()));
                case ZarrCodec.Transpose t ->
                    t.order().forEach(node.putObject("configuration").putArray("order")::add);
                case ZarrCodec.Gzip g -> node.putObject("configuration").put("level", g.level());
                case ZarrCodec.Zstd z ->
                    node.putObject("configuration").put("level", z.level()).put("checksum", z.checksum());
                case ZarrCodec.Crc32c c -> {
                    // It has no configuration.
                }
                case ZarrCodec.Sharding s -> sharding(node.putObject("configuration"), s);
            }
        }
        return out;
    }

    private static void sharding(ObjectNode configuration, ZarrCodec.Sharding s) {
        s.chunkShape().forEach(configuration.putArray("chunk_shape")::add);
        configuration.set("codecs", write(s.codecs()));
        List<ZarrCodec> index = new ArrayList<>(List.of(new ZarrCodec.Bytes(s.indexOrder())));
        if (s.indexChecksum()) {
            index.add(new ZarrCodec.Crc32c());
        }
        configuration.set("index_codecs", write(index));
        configuration.put("index_location", s.indexAtEnd() ? "end" : "start");
    }

    private static String endian(ByteOrder order) {
        return order.equals(ByteOrder.LITTLE_ENDIAN) ? "little" : "big";
    }
}
