package org.fus.io.scan;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;

/** Metadata with types and defaults. */
final class ScanFields {
    private final String file;
    private final Map<String, Object> metadata;

    ScanFields(String file, Map<String, Object> metadata) {
        this.file = file;
        this.metadata = metadata;
    }

    double number(String name, double absent) {
        return switch (take(name)) {
            case null -> absent;
            case Number n -> n.doubleValue();
            case Object other -> throw wrong(name, "a number", other);
        };
    }

    long whole(String name, long max) {
        double value = number(name, 0);
        if (!(value >= 0 && value <= max) || value != Math.rint(value)) {
            throw wrong(name, "a whole number from 0 to " + max, value);
        }
        return (long) value;
    }

    String text(String name) {
        return switch (take(name)) {
            case null -> "";
            case String s -> s;
            case Object other -> throw wrong(name, "a text", other);
        };
    }

    boolean flag(String name) {
        return switch (take(name)) {
            case null -> false;
            case Boolean b -> b;
            case Object other -> throw wrong(name, "true or false", other);
        };
    }

    List<Double> numbers(String name) {
        return switch (take(name)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(v -> number(name, v)).toList();
            case Object other -> throw wrong(name, "a list of numbers", other);
        };
    }

    List<Map<?, ?>> maps(String name) {
        return switch (take(name)) {
            case null -> List.of();
            case List<?> list -> list.stream().<Map<?, ?>>map(v -> map(name, v)).toList();
            case Object other -> throw wrong(name, "a list of objects", other);
        };
    }

    /** The code of a name; a name that is not there has the code {@code absent}. */
    int code(String name, List<String> names, int absent) {
        String value = text(name);
        int code = value.isEmpty() ? absent : names.indexOf(value);
        if (code < 0) {
            throw wrong(name, "one of " + names, value);
        }
        return code;
    }

    long date(String name) {
        String value = text(name);
        try {
            return value.isEmpty() ? 0 : Instant.parse(value).getEpochSecond();
        } catch (DateTimeParseException e) {
            throw new FusFormatException(
                    file, "metadata " + name, "expected a date such as 2025-03-04T05:06:07Z, got " + value, e);
        }
    }

    /** Bytes of unknown meaning under their name, as {@link ScanHeader} keeps them; zeros where there are none. */
    byte[] unknown(String name, int count) {
        Object hex = metadata.get("unknownBytes") instanceof Map<?, ?> all ? all.get(name) : null;
        if (hex == null) {
            return new byte[Math.max(0, count)];
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(hex.toString());
            if (count < 0 || bytes.length == count) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(file, "metadata unknownBytes." + name, "expected hexadecimal digits", e);
        }
        throw wrong("unknownBytes." + name, count + " bytes in hexadecimal", hex);
    }

    FusFormatException wrong(String name, String expected, Object got) {
        return new FusFormatException(file, "metadata " + name, "expected " + expected + ", got " + got);
    }

    private Object take(String name) {
        return metadata.get(name);
    }

    private double number(String name, Object value) {
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        throw wrong(name, "numbers", value);
    }

    private Map<?, ?> map(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(name, "objects", value);
    }
}
