package org.fus.hardware.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** An object of a plan file: entries with their type and unit; what is wrong is collected, not thrown. */
final class PlanText {
    /** Digits of an angle in a file: enough for a nanometre at a metre, few enough for 10 degrees to be written as 10. */
    private static final MathContext ANGLE_DIGITS = new MathContext(13);

    private final String path;
    private final JsonNode node;
    private final List<String> problems;

    PlanText(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /** Complains about each key that is not of these. */
    void allowOnly(Set<String> keys) {
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!keys.contains(key)) {
                problems.add(path + key + ": unknown key, expected one of " + String.join(", ", new TreeSet<>(keys)));
            }
        });
    }

    String text(String key, String otherwise) {
        JsonNode v = node.path(key);
        if (v.isMissingNode()) {
            return otherwise;
        }
        if (!v.isTextual()) {
            wrong(key, "a text", v);
            return otherwise;
        }
        return v.textValue();
    }

    int whole(String key, int otherwise) {
        JsonNode v = node.path(key);
        if (v.isMissingNode()) {
            return otherwise;
        }
        if (!v.isIntegralNumber() || !v.canConvertToInt()) {
            wrong(key, "a whole number", v);
            return otherwise;
        }
        return v.intValue();
    }

    long longWhole(String key, long otherwise) {
        JsonNode v = node.path(key);
        if (v.isMissingNode()) {
            return otherwise;
        }
        if (!v.isIntegralNumber() || !v.canConvertToLong()) {
            wrong(key, "a whole number", v);
            return otherwise;
        }
        return v.longValue();
    }

    /** A number in a unit that is {@code 10^-power} of ours, exact to the last decimal digit. */
    double scaled(String key, int power, double otherwise) {
        JsonNode v = node.path(key);
        if (v.isMissingNode()) {
            return otherwise;
        }
        if (!v.isNumber()) {
            wrong(key, "a number", v);
            return otherwise;
        }
        double rough = v.doubleValue();
        // beyond double, where a decimal point cannot be moved either
        return rough == 0 || Double.isInfinite(rough)
                ? rough
                : v.decimalValue().movePointLeft(power).doubleValue();
    }

    double number(String key, double otherwise) {
        return scaled(key, 0, otherwise);
    }

    double degrees(String key, double otherwiseRad) {
        double degrees = scaled(key, 0, Double.NaN);
        return Double.isNaN(degrees) ? otherwiseRad : Math.toRadians(degrees);
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** An object within; an empty one when there is none or something else stands there. */
    PlanText object(String key) {
        JsonNode v = node.path(key);
        if (!v.isMissingNode() && !v.isObject()) {
            wrong(key, "an object", v);
        }
        return new PlanText(path + key + ".", v, problems);
    }

    List<PlanText> objects(String key) {
        List<PlanText> all = new ArrayList<>();
        JsonNode v = node.path(key);
        if (!v.isMissingNode() && !v.isArray()) {
            wrong(key, "a list of objects", v);
            return all;
        }
        for (int i = 0; i < v.size(); i++) {
            String at = key + "[" + i + "]";
            if (v.get(i).isObject()) {
                all.add(new PlanText(path + at + ".", v.get(i), problems));
            } else {
                wrong(at, "an object", v.get(i));
            }
        }
        return all;
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        String text = text(key, name(otherwise));
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(text)) {
                return constant;
            }
            names.add(name(constant));
        }
        problems.add(path + key + ": \"" + shortened(text) + "\", expected one of " + String.join(", ", names));
        return otherwise;
    }

    void problem(String key, String what) {
        problems.add(path + key + ": " + what);
    }

    private void wrong(String key, String expected, JsonNode got) {
        problems.add(path + key + ": " + shortened(got.toString()) + ", expected " + expected);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    /** A number of ours in a unit {@code 10^-power} of it, such that reading gives the same bits. */
    static BigDecimal inUnit(double value, int power) {
        return tidy(new BigDecimal(Double.toString(value)).movePointRight(power));
    }

    static BigDecimal inDegrees(double rad) {
        return tidy(new BigDecimal(Math.toDegrees(rad)).round(ANGLE_DIGITS));
    }

    private static BigDecimal tidy(BigDecimal v) {
        BigDecimal stripped = v.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.scale() > -16 ? stripped.setScale(0) : stripped;
    }
}
