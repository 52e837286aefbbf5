package org.fus.io.mat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.StoredArray;

/** The numbers of the structure {@code param}. */
final class MatParameters {
    private final String file;
    private final Map<String, MatValue> fields;

    MatParameters(String file, Map<String, MatValue> fields) {
        this.file = file;
        this.fields = fields;
    }

    double number(String name) {
        if (!fields.containsKey(name)) {
            throw new FusFormatException(
                    file, "param." + name, "expected a number, got no such field; add it to param");
        }
        return number(name, Double.NaN);
    }

    double number(String name, double absent) {
        if (!fields.containsKey(name)) {
            return absent;
        }
        List<Double> values = numbers(name);
        if (values.size() != 1 || !Double.isFinite(values.getFirst())) {
            throw new FusFormatException(file, "param." + name, "expected one finite number, got " + values);
        }
        return values.getFirst();
    }

    /** All numbers of a field; none when there is no such field. */
    List<Double> numbers(String name) {
        return switch (fields.get(name)) {
            case null -> List.of();
            case MatValue.Numbers n -> values(n.array());
            case MatValue.Struct s -> throw wrong(name, "a structure");
            case MatValue.Other o -> throw wrong(name, o.what());
        };
    }

    /** The fields as plain values, in their order. */
    Map<String, Object> plain() {
        Map<String, Object> out = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value instanceof MatValue.Numbers n) {
                List<Double> values = values(n.array());
                out.put(name, values.size() == 1 ? values.getFirst() : values);
            }
        });
        return out;
    }

    private static List<Double> values(StoredArray array) {
        double[] values = array.doubles(0, Math.toIntExact(array.size()));
        return Arrays.stream(values).boxed().toList();
    }

    private FusFormatException wrong(String name, String got) {
        return new FusFormatException(file, "param." + name, "expected real numbers, got " + got);
    }
}
