package org.fus.io.info;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.Affine3;

/** Plain values of a description; {@link Sidecar} turns them back. */
final class InfoValues {
    private InfoValues() {}

    /** An ordered map of alternating names and values. */
    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static Map<String, Object> provenance(Provenance p) {
        return map(
                "software", p.software(),
                "steps",
                        p.steps().stream()
                                .map(s -> map("name", s.name(), "parameters", s.parameters()))
                                .toList(),
                "warnings", p.warnings());
    }

    static List<List<Double>> rows(Affine3 map) {
        return IntStream.range(0, 4)
                .mapToObj(r -> IntStream.range(0, 4).mapToObj(c -> map.at(r, c)).toList())
                .toList();
    }

    /** Smallest and largest coordinate along each axis. */
    static Map<String, Object> bounds(double[] xyz) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (int axis = 0; axis < Math.min(3, xyz.length); axis++) {
            double low = xyz[axis];
            double high = low;
            for (int i = axis; i < xyz.length; i += 3) {
                low = Math.min(low, xyz[i]);
                high = Math.max(high, xyz[i]);
            }
            out.put("xyz".substring(axis, axis + 1), List.of(low, high));
        }
        return out;
    }

    /** The value with null, the JSON for "not known", in place of numbers that are not finite. */
    static Object finite(Object value) {
        return switch (value) {
            case Double d when !Double.isFinite(d) -> null;
            case Map<?, ?> map -> {
                Map<Object, Object> out = new LinkedHashMap<>();
                map.forEach((k, v) -> out.put(k, finite(v)));
                yield out;
            }
            case List<?> list -> {
                List<Object> out = new java.util.ArrayList<>();
                list.forEach(v -> out.add(finite(v)));
                yield Collections.unmodifiableList(out);
            }
            case null, default -> value;
        };
    }
}
