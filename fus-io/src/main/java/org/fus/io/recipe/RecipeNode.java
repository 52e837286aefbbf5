package org.fus.io.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fus.core.error.FusFormatException;

/** An object of a recipe's text; each entry is checked as it is taken. */
record RecipeNode(String resource, String path, JsonNode node) {
    static RecipeNode of(String resource, String path, JsonNode node) {
        if (!node.isObject()) {
            throw failure(resource, path, "expected an object, got " + shown(node));
        }
        return new RecipeNode(resource, path, node);
    }

    boolean has(String name) {
        return node.has(name);
    }

    RecipeNode object(String name) {
        return of(resource, name, node.path(name));
    }

    double number(String name) {
        JsonNode value = node.path(name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw failure(resource, name, "expected a number, got " + shown(value));
        }
        return value.doubleValue();
    }

    int whole(String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw failure(resource, name, "expected a whole number, got " + shown(value));
        }
        return value.intValue();
    }

    long longWhole(String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw failure(resource, name, "expected a whole number, got " + shown(value));
        }
        return value.longValue();
    }

    <T> T text(String name, Function<String, T> meaning) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw failure(resource, name, "expected a text, got " + shown(value));
        }
        try {
            return meaning.apply(value.textValue());
        } catch (IllegalArgumentException e) {
            throw failure(resource, name, shown(value) + ": " + e.getMessage());
        }
    }

    /** What the parts make together may still be refused. */
    <T> T checked(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw failure(resource, name, e.getMessage());
        }
    }

    static FusFormatException failure(String resource, String where, String problem) {
        return new FusFormatException(resource, where, problem + "; correct the recipe");
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
