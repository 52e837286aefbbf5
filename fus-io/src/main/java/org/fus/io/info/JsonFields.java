package org.fus.io.info;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.fus.core.error.FusFormatException;

/** An object of a JSON document whose entries are read with their type; a failure names file and entry. */
final class JsonFields {
    private final String file;
    private final String path;
    private final JsonNode node;

    JsonFields(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw failure("", "an object", node);
        }
    }

    JsonFields object(String name) {
        return new JsonFields(file, at(name), node.path(name));
    }

    String text(String name) {
        JsonNode v = node.path(name);
        if (!v.isTextual()) {
            throw failure(name, "a string", v);
        }
        return v.textValue();
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String textOr(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    double number(String name) {
        JsonNode v = node.path(name);
        if (!v.isNumber()) {
            throw failure(name, "a number", v);
        }
        return v.doubleValue();
    }

    /** A number, or NaN where the document says null. */
    double numberOrNaN(String name) {
        return node.path(name).isNull() ? Double.NaN : number(name);
    }

    double numberOrZero(String name) {
        return has(name) ? number(name) : 0;
    }

    int integer(String name) {
        JsonNode v = node.path(name);
        if (!v.canConvertToInt() || !v.isIntegralNumber()) {
            throw failure(name, "a whole number", v);
        }
        return v.intValue();
    }

    List<Double> numbers(String name) {
        return list(name, (where, v) -> {
            if (!v.isNumber()) {
                throw failure(where, "a number", v);
            }
            return v.doubleValue();
        });
    }

    /** Numbers, with NaN where the document says null. */
    List<Double> numbersOrNaN(String name) {
        return list(name, (where, v) -> {
            if (!v.isNumber() && !v.isNull()) {
                throw failure(where, "a number or null", v);
            }
            return v.isNull() ? Double.NaN : v.doubleValue();
        });
    }

    List<int[]> integerLists(String name) {
        return list(name, (where, v) -> {
            int[] out = new int[v.size()];
            for (int i = 0; i < out.length; i++) {
                if (!v.get(i).isIntegralNumber() || !v.get(i).canConvertToInt()) {
                    throw failure(where + "[" + i + "]", "a whole number", v.get(i));
                }
                out[i] = v.get(i).intValue();
            }
            return out;
        });
    }

    List<String> texts(String name) {
        return list(name, (where, v) -> {
            if (!v.isTextual()) {
                throw failure(where, "a string", v);
            }
            return v.textValue();
        });
    }

    List<JsonFields> objects(String name) {
        return list(name, (where, v) -> new JsonFields(file, at(where), v));
    }

    <T> T value(String name, BiFunction<String, JsonNode, T> reader) {
        return reader.apply(name, node.path(name));
    }

    <T> List<T> list(String name, BiFunction<String, JsonNode, T> element) {
        JsonNode v = node.path(name);
        if (!v.isArray()) {
            throw failure(name, "a list", v);
        }
        List<T> out = new ArrayList<>(v.size());
        for (int i = 0; i < v.size(); i++) {
            out.add(element.apply(name + "[" + i + "]", v.get(i)));
        }
        return out;
    }

    /** Ordered plain values; entries that are null are left out. */
    Map<String, Object> plain(String name) {
        JsonNode v = node.path(name);
        if (!v.isObject()) {
            throw failure(name, "an object", v);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        v.properties().forEach(e -> {
            if (!e.getValue().isNull()) {
                out.put(e.getKey(), plainValue(name + "." + e.getKey(), e.getValue()));
            }
        });
        return out;
    }

    FusFormatException failure(String name, String expected, JsonNode got) {
        return failure(name, expected, got.isMissingNode() ? "nothing" : shorten(got.toString()));
    }

    FusFormatException failure(String name, String expected, String found) {
        return new FusFormatException(
                file,
                name.isEmpty() && path.isEmpty() ? "document" : at(name),
                "expected " + expected + ", got " + found
                        + "; correct the entry, or remove this file to read the array without its meaning");
    }

    private Object plainValue(String where, JsonNode v) {
        if (v.isTextual()) {
            return v.textValue();
        }
        if (v.isBoolean()) {
            return v.booleanValue();
        }
        if (v.isIntegralNumber() && v.canConvertToLong()) {
            return v.longValue();
        }
        if (v.isNumber()) {
            return v.doubleValue();
        }
        if (v.isObject()) {
            Map<String, Object> out = new LinkedHashMap<>();
            v.properties().forEach(e -> out.put(e.getKey(), plainValue(where + "." + e.getKey(), e.getValue())));
            return out;
        }
        if (v.isArray()) {
            List<Object> out = new ArrayList<>(v.size());
            // In a list null stands for a number that is not finite.
            v.forEach(e -> out.add(e.isNull() ? (Object) Double.NaN : plainValue(where, e)));
            return out;
        }
        throw failure(where, "a string, number, boolean, list or object", v);
    }

    private String at(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
