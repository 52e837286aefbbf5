package org.fus.core.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deep unmodifiable copies of ordered metadata, whole numbers as {@link Long} and fractions as {@link Double}. */
final class Metadata {
    private Metadata() {}

    static Map<String, Object> copyOf(Map<?, ?> metadata) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(metadata.size());
        metadata.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("metadata name " + name + " is no string");
            }
            copy.put(text, value(text, value));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object value(String name, Object value) {
        return switch (value) {
            case String s -> s;
            case Boolean b -> b;
            case Double d -> d;
            case Float f -> (double) f;
            case Long l -> l;
            case Integer i -> (long) i;
            case Map<?, ?> map -> copyOf(map);
            case List<?> list -> list.stream().map(v -> value(name, v)).toList();
            case null, default ->
                throw new IllegalArgumentException("metadata " + name + " is " + value
                        + ", expected a string, number, boolean, or a list or map of them");
        };
    }
}
