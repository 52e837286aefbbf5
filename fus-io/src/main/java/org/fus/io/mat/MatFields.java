package org.fus.io.mat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fus.core.error.FusFormatException;

/**
 * The fields of a structure.
 *
 * @param file for messages
 * @param structure its name
 * @param fields by name, in the order of the file
 */
record MatFields(String file, String structure, Map<String, MatValue> fields) {
    /** More values than any figure of a recording has; longer ones are data, not metadata. */
    private static final int MAX_PLAIN = 4096;

    boolean has(String name) {
        return fields.containsKey(name);
    }

    double number(String name) {
        if (!fields.containsKey(name)) {
            throw failure(name, "expected a number, got no such field; add it to " + structure);
        }
        return number(name, Double.NaN);
    }

    double number(String name, double absent) {
        if (!fields.containsKey(name)) {
            return absent;
        }
        List<Double> values = numbers(name);
        if (values.size() != 1 || !Double.isFinite(values.getFirst())) {
            throw failure(name, "expected one finite number, got " + values);
        }
        return values.getFirst();
    }

    /** All numbers of a field; none when there is no such field. */
    List<Double> numbers(String name) {
        if (!fields.containsKey(name)) {
            return List.of();
        }
        MatArray array = array(name, "real numbers");
        if (array.type().parts() > 1) {
            throw failure(name, "expected real numbers, got complex ones; save it anew");
        }
        return values(array);
    }

    /** The numbers of a field. */
    MatArray array(String name, String expected) {
        MatValue value = fields.get(name);
        if (value instanceof MatValue.Numbers(MatArray array)) {
            return array;
        }
        throw failure(name, "expected " + expected + ", got " + MatValue.describe(value) + "; save it anew");
    }

    /** The text of a field; another when there is no such field. */
    String text(String name, String absent) {
        return switch (fields.get(name)) {
            case null -> absent;
            case MatValue.Text t -> t.text();
            case MatValue other -> throw failure(name, "expected a text, got " + MatValue.describe(other));
        };
    }

    /** The fields as plain values, in their order, without those that are data. */
    Map<String, Object> plain(Set<String> data) {
        Map<String, Object> out = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            Object plain = data.contains(name) ? null : plain(file, name, value);
            if (plain != null) {
                out.put(name, plain);
            }
        });
        return out;
    }

    /** A value as metadata hold it; null when it is none that they hold. */
    static Object plain(String file, String name, MatValue value) {
        return switch (value) {
            case MatValue.Numbers(MatArray a)
            when a.type().parts() == 1 && a.size() >= 1 && a.size() <= MAX_PLAIN -> {
                List<Double> values = values(a);
                yield values.size() == 1 ? values.getFirst() : values;
            }
            case MatValue.Struct(var inner) -> new MatFields(file, name, inner).plain(Set.of());
            case MatValue.Text(String text) -> text;
            case MatValue.Numbers _, MatValue.Other _ -> null;
        };
    }

    /** A failure of a field, to be thrown. */
    FusFormatException failure(String field, String problem) {
        return new FusFormatException(file, structure + "." + field, problem);
    }

    private static List<Double> values(MatArray array) {
        return Arrays.stream(array.all()).boxed().toList();
    }
}
