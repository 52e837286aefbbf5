package org.fus.io.nifti;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;

/** JSON files next to images: names and values. */
public final class BidsSidecars {
    /** The key under which the SDK keeps what has no home elsewhere: a description in the schema of fus info. */
    static final String DESCRIPTION = "FusSdk";

    /** Far above any sidecar; a larger file is none. */
    private static final long MAX_BYTES = 64 << 20;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private BidsSidecars() {}

    /** The sidecar of an image: the same name with {@code .json} in place of {@code .nii} or {@code .nii.gz}. */
    static Optional<ByteSource> of(ByteSource image) {
        String name = name(image.fileName());
        return image.folder().flatMap(f -> f.file(name));
    }

    static String name(String imageName) {
        return stem(imageName) + ".json";
    }

    /** The name of an image without its extension. */
    static String stem(String imageName) {
        String lower = imageName.toLowerCase(java.util.Locale.ROOT);
        int cut = lower.endsWith(".nii.gz") ? 7 : lower.endsWith(".nii") ? 4 : 0;
        return imageName.substring(0, imageName.length() - cut);
    }

    /**
     * Reads a sidecar.
     *
     * @param source the JSON document
     * @return names and values in order; what is null is left out, in a list it becomes NaN
     * @throws FusFormatException when it is no JSON object
     */
    public static Map<String, Object> read(ByteSource source) {
        if (source.size() > MAX_BYTES) {
            throw new FusFormatException(
                    source.name(), "size", source.size() + " bytes, expected at most " + MAX_BYTES + "; is it JSON?");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) source.size());
        source.read(0, bytes);
        try {
            Map<String, Object> fields = JSON.readValue(
                    new String(bytes.array(), StandardCharsets.UTF_8), new TypeReference<Map<String, Object>>() {});
            if (fields == null) {
                throw new FusFormatException(source.name(), "document", "expected an object, got null");
            }
            return plainMap(fields);
        } catch (JsonProcessingException e) {
            throw new FusFormatException(
                    source.name(),
                    "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()),
                    "no JSON object: " + e.getOriginalMessage() + "; correct it, or remove it to read the image alone",
                    e);
        }
    }

    /**
     * The bytes of a sidecar.
     *
     * @param fields names and values: strings, numbers, booleans, lists and maps
     * @return indented JSON, UTF-8
     */
    public static byte[] write(Map<String, Object> fields) {
        try {
            return (JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sidecar holds only plain values", e);
        }
    }

    private static Map<String, Object> plainMap(Map<?, ?> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((k, v) -> {
            if (v != null) {
                out.put(k.toString(), plain(v));
            }
        });
        return out;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Integer i -> i.longValue();
            case BigInteger big -> big.doubleValue();
            case Map<?, ?> map -> plainMap(map);
            case List<?> list -> {
                List<Object> out = new ArrayList<>(list.size());
                list.forEach(v -> out.add(v == null ? Double.NaN : plain(v)));
                yield out;
            }
            default -> value;
        };
    }
}
