package org.fus.io.info;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;

/**
 * What a file of the vendor's has no place for, as a JSON document that stands in the file where other software does not
 * look: metadata, provenance, and those parts of geometry and times that the format would change. The document holds only
 * the difference between what was given and what a reader makes of the plain file, so most files have none.
 *
 * <p>{@code schema} is {@code fus-extension/1}; {@code metadata} holds names and values; {@code geometry},
 * {@code times} and {@code provenance} are in the form of {@code fus info --json}. A number that is not finite is
 * <code>{"number": "NaN"}</code>.
 */
public final class Extension {
    /** Version of the schema. */
    public static final String SCHEMA = "fus-extension/1";

    private static final double SAME = 1e-12;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Extension() {}

    /**
     * What a reader would not get back.
     *
     * @param original what is written
     * @param plain what a reader makes of the file without an extension
     * @return entries by name; empty when the two agree
     */
    public static Map<String, Object> difference(FusSeries original, FusSeries plain) {
        Map<String, Object> out = difference(original.metadata(), plain.metadata());
        FusSeries.Geometry g = original.geometry();
        if (!near(g, plain.geometry())) {
            out.put(
                    "geometry",
                    InfoValues.map(
                            "voxelSizeM",
                            List.of(g.dxM(), g.dyM(), g.dzM()),
                            "voxelsToProbe",
                            InfoValues.rows(g.voxelsToProbe()),
                            "probeToLab",
                            g.probeToLab().stream().map(InfoValues::rows).toList()));
        }
        if (!same(original, plain)) {
            out.put(
                    "times",
                    InfoValues.map(
                            "timesS", original.times().timesS(),
                            "sliceTimesS", original.times().sliceTimesS()));
        }
        if (!original.provenance().equals(plain.provenance())) {
            out.put("provenance", InfoValues.provenance(original.provenance()));
        }
        return out;
    }

    /** Equal to a picometre: matrices are rebuilt from angles in double precision. */
    private static boolean near(FusSeries.Geometry a, FusSeries.Geometry b) {
        boolean near = a.probeToLab().size() == b.probeToLab().size()
                && near(Affine3.scale(a.dxM(), a.dyM(), a.dzM()), Affine3.scale(b.dxM(), b.dyM(), b.dzM()))
                && near(a.voxelsToProbe(), b.voxelsToProbe());
        for (int p = 0; near && p < a.probeToLab().size(); p++) {
            near = near(a.probeToLab().get(p), b.probeToLab().get(p));
        }
        return near;
    }

    private static boolean near(Affine3 a, Affine3 b) {
        boolean near = true;
        for (int i = 0; i < 12; i++) {
            near &= Math.abs(a.at(i / 4, i % 4) - b.at(i / 4, i % 4)) <= SAME;
        }
        return near;
    }

    /** Slices without times of their own are those of their volume. */
    private static boolean same(FusSeries original, FusSeries plain) {
        List<Double> times = original.times().timesS();
        List<Double> slices = original.times().sliceTimesS();
        if (!times.equals(plain.times().timesS())) {
            return false;
        }
        List<Double> got = plain.times().sliceTimesS();
        if (!slices.isEmpty() || got.isEmpty()) {
            return slices.equals(got);
        }
        int perVolume = got.size() / times.size();
        for (int i = 0; i < got.size(); i++) {
            if (!got.get(i).equals(times.get(i / perVolume))) {
                return false;
            }
        }
        return true;
    }

    /**
     * What a reader would not get back of metadata.
     *
     * @param original what is written
     * @param plain what a reader makes of the file without an extension
     * @return entries by name; empty when the two agree
     */
    public static Map<String, Object> difference(Map<String, Object> original, Map<String, Object> plain) {
        Map<String, Object> added = new LinkedHashMap<>();
        original.forEach((name, value) -> {
            if (!Objects.equals(value, plain.get(name))) {
                added.put(name, value);
            }
        });
        Map<String, Object> out = new LinkedHashMap<>();
        if (!added.isEmpty()) {
            out.put("metadata", added);
        }
        return out;
    }

    /**
     * What a reader would not get back of a provenance.
     *
     * @param original what is written
     * @return one entry
     */
    public static Map<String, Object> difference(Provenance original) {
        return InfoValues.map("provenance", InfoValues.provenance(original));
    }

    /**
     * In words, for {@link org.fus.io.content.ContentWriter#write}.
     *
     * @param difference as {@link #difference} gives it
     * @return at most one line
     */
    public static List<String> report(Map<String, Object> difference) {
        List<String> parts = new ArrayList<>();
        if (difference.get("metadata") instanceof Map<?, ?> added) {
            parts.add("metadata " + added.keySet());
        }
        for (String part : List.of("geometry", "times", "provenance")) {
            if (difference.containsKey(part)) {
                parts.add(part);
            }
        }
        return parts.isEmpty()
                ? List.of()
                : List.of("kept in an extension of the file, which other software does not read: "
                        + String.join(", ", parts));
    }

    /**
     * The document.
     *
     * @param difference as {@link #difference} gives it
     * @return JSON; empty when there is no difference
     */
    public static String json(Map<String, Object> difference) {
        if (difference.isEmpty()) {
            return "";
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        difference.forEach((name, value) -> document.put(name, tagged(value)));
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an extension holds only plain values", e);
        }
    }

    /**
     * A series with what its extension says.
     *
     * @param file for messages
     * @param plain what the file says without it
     * @param json the document, empty for none
     * @return the series as it was written
     * @throws FusFormatException when the document is damaged
     */
    public static FusSeries apply(String file, FusSeries plain, String json) {
        if (json.isEmpty()) {
            return plain;
        }
        Map<String, Object> document = document(file, json);
        try {
            return FusSeries.of(
                    plain.shape(),
                    document.get("geometry") instanceof Map<?, ?> g ? geometry(g) : plain.geometry(),
                    document.get("times") instanceof Map<?, ?> t
                            ? new FusSeries.Times(doubles(t.get("timesS")), doubles(t.get("sliceTimesS")))
                            : plain.times(),
                    metadata(document, plain.metadata()),
                    document.get("provenance") instanceof Map<?, ?> p ? provenance(p) : plain.provenance(),
                    plain::read);
        } catch (IllegalArgumentException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * A series with other metadata, those that its extension says.
     *
     * @param file for messages
     * @param plain what the file says without it, of another shape than the series that was written
     * @param json the document, empty for none
     * @return the series with the metadata that were written
     * @throws FusFormatException when the document is damaged
     */
    public static FusSeries applyMetadata(String file, FusSeries plain, String json) {
        return FusSeries.of(
                plain.shape(),
                plain.geometry(),
                plain.times(),
                apply(file, plain.metadata(), json),
                plain.provenance(),
                plain::read);
    }

    /**
     * Metadata with what their extension says.
     *
     * @param file for messages
     * @param plain what the file says without it
     * @param json the document, empty for none
     * @return the metadata as they were written
     * @throws FusFormatException when the document is damaged
     */
    public static Map<String, Object> apply(String file, Map<String, Object> plain, String json) {
        if (json.isEmpty()) {
            return plain;
        }
        return metadata(document(file, json), plain);
    }

    /**
     * Numbers that a format keeps in its extension under a name of its own.
     *
     * @param file for messages
     * @param json the document, empty for none
     * @param name of the entry
     * @return the numbers, when there is such an entry
     * @throws FusFormatException when the document is damaged
     */
    public static Optional<List<Double>> numbers(String file, String json, String name) {
        Object values = json.isEmpty() ? null : document(file, json).get(name);
        try {
            return Optional.ofNullable(values).map(Extension::doubles);
        } catch (ClassCastException e) {
            throw damaged(file, "expected numbers in " + name, e);
        }
    }

    /**
     * The provenance that an extension keeps.
     *
     * @param file for messages
     * @param json the document, empty for none
     * @return none when there is no such entry
     * @throws FusFormatException when the document is damaged
     */
    public static Provenance provenance(String file, String json) {
        try {
            return !json.isEmpty() && document(file, json).get("provenance") instanceof Map<?, ?> p
                    ? provenance(p)
                    : Provenance.none();
        } catch (ClassCastException | NullPointerException e) {
            throw damaged(file, "expected a provenance", e);
        }
    }

    private static Map<String, Object> document(String file, String json) {
        try {
            Object root = untagged(JSON.readValue(json.getBytes(StandardCharsets.UTF_8), Object.class));
            if (root instanceof Map<?, ?> map && SCHEMA.equals(map.get("schema"))) {
                Map<String, Object> out = new LinkedHashMap<>();
                map.forEach((name, value) -> out.put((String) name, value));
                return out;
            }
            throw damaged(file, "expected schema " + SCHEMA, null);
        } catch (java.io.IOException | ClassCastException | StackOverflowError e) {
            throw damaged(file, "no JSON: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> metadata(Map<String, Object> document, Map<String, Object> plain) {
        Map<String, Object> out = new LinkedHashMap<>(plain);
        if (document.get("metadata") instanceof Map<?, ?> added) {
            added.forEach((name, value) -> out.put((String) name, value));
        }
        return out;
    }

    private static FusSeries.Geometry geometry(Map<?, ?> g) {
        List<Double> size = doubles(g.get("voxelSizeM"));
        List<Affine3> poses =
                ((List<?>) g.get("probeToLab")).stream().map(Extension::affine).toList();
        return new FusSeries.Geometry(size.get(0), size.get(1), size.get(2), affine(g.get("voxelsToProbe")), poses);
    }

    private static Affine3 affine(Object rows) {
        return Affine3.ofRowMajor(((List<?>) rows)
                .stream()
                        .flatMap(row -> doubles(row).stream())
                        .mapToDouble(v -> v)
                        .toArray());
    }

    private static List<Double> doubles(Object values) {
        return ((List<?>) values).stream().map(v -> ((Number) v).doubleValue()).toList();
    }

    private static Provenance provenance(Map<?, ?> p) {
        List<Provenance.Step> steps = new ArrayList<>();
        for (Object step : (List<?>) p.get("steps")) {
            Map<?, ?> map = (Map<?, ?>) step;
            Map<String, String> parameters = new LinkedHashMap<>();
            ((Map<?, ?>) map.get("parameters")).forEach((k, v) -> parameters.put((String) k, (String) v));
            steps.add(new Provenance.Step((String) map.get("name"), parameters));
        }
        List<String> warnings =
                ((List<?>) p.get("warnings")).stream().map(String.class::cast).toList();
        return new Provenance((String) p.get("software"), steps, warnings);
    }

    /** JSON has no numbers that are not finite: they become objects of one text. */
    private static Object tagged(Object value) {
        return switch (value) {
            case Double d when !Double.isFinite(d) -> Map.of("number", d.toString());
            case Map<?, ?> map -> {
                Map<Object, Object> out = new LinkedHashMap<>();
                map.forEach((k, v) -> out.put(k, tagged(v)));
                yield out;
            }
            case List<?> list -> list.stream().map(Extension::tagged).toList();
            default -> value;
        };
    }

    private static Object untagged(Object value) {
        return switch (value) {
            case Map<?, ?> map
            when map.size() == 1
                    && map.get("number") instanceof String text
                    && List.of("NaN", "Infinity", "-Infinity").contains(text) -> Double.valueOf(text);
            case Map<?, ?> map -> {
                Map<Object, Object> out = new LinkedHashMap<>();
                map.forEach((k, v) -> out.put(k, untagged(v)));
                yield out;
            }
            case List<?> list -> list.stream().map(Extension::untagged).toList();
            case Integer i -> (long) i;
            case java.math.BigInteger big -> big.doubleValue();
            case null -> throw new ClassCastException("a value is null");
            default -> value;
        };
    }

    private static FusFormatException damaged(String file, String problem, Throwable cause) {
        return new FusFormatException(
                file, "extension " + SCHEMA, problem + "; the file may be damaged: copy it again", cause);
    }
}
