package org.fus.examples.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A description of a file for people: first what they ask first, then one line per entry of the description, long lists cut
 * short, what is unknown left out.
 */
final class InfoText {
    private static final int NAME_WIDTH = 20;
    private static final int SHOWN = 4;

    private InfoText() {}

    static List<String> lines(JsonNode info) {
        List<String> out = new ArrayList<>();
        for (String entry : List.of("file", "format", "kind", "dtype")) {
            // A program has values of no type.
            if (!info.path(entry).asText().isEmpty()) {
                entry(out, 0, entry, info.path(entry));
            }
        }
        InfoSummary.lines(info).forEach((label, value) -> add(out, 0, label, value));
        info.path("warnings").forEach(w -> add(out, 0, "warning", w.asText()));
        out.add("");
        for (Map.Entry<String, JsonNode> entry : info.properties()) {
            switch (entry.getKey()) {
                // Told above.
                case "schema", "file", "format", "kind", "dtype", "shape", "voxelSizeM", "grid", "warnings" -> {}
                case "durationS", "frameRateHz", "subject", "session", "integrity", "notStated", "fromName" -> {}
                case "axes" -> axes(out, entry.getValue(), info.path("grid"));
                default -> entry(out, 0, entry.getKey(), entry.getValue());
            }
        }
        return out;
    }

    private static void axes(List<String> out, JsonNode axes, JsonNode grid) {
        String label = "axes";
        for (JsonNode axis : axes) {
            String name = axis.path("name").asText();
            String line = String.format(
                    Locale.ROOT, "%-10s %8d", name, axis.path("size").asLong());
            double spacing = axis.path("spacing").asDouble(Double.NaN);
            if (grid.has(name + "0M")) {
                double first = grid.path(name + "0M").asDouble();
                double last = first + (axis.path("size").asLong() - 1) * spacing;
                line += "   " + InfoNumbers.text(first * 1e3) + " to " + InfoNumbers.text(last * 1e3) + " mm,";
            }
            if (!Double.isNaN(spacing)) {
                line += "   every "
                        + InfoNumbers.withUnit(spacing, axis.path("unit").asText());
            }
            add(out, 0, label, line);
            label = "";
        }
    }

    private static void entry(List<String> out, int depth, String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            return;
        }
        if (value.isObject()) {
            add(out, depth, name, "");
            value.properties().forEach(e -> entry(out, depth + 1, e.getKey(), e.getValue()));
        } else if (value.isArray() && value.get(0).isObject()) {
            add(out, depth, name, value.size() + (value.size() == 1 ? " entry" : " entries"));
            for (int i = 0; i < Math.min(SHOWN, value.size()); i++) {
                entry(out, depth + 1, "[" + i + "]", value.get(i));
            }
            if (value.size() > SHOWN) {
                add(out, depth + 1, "...", "");
            }
        } else {
            add(out, depth, name, text(value));
        }
    }

    /** A value on one line; of a long list the first values, the last one, and how many there are. */
    private static String text(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            return InfoNumbers.text(value.asDouble());
        }
        if (!value.isArray()) {
            return value.isTextual() ? value.asText().strip().replaceAll("\\s*\\R\\s*", " ") : value.toString();
        }
        List<String> parts = new ArrayList<>();
        boolean cut = value.size() > 2 * SHOWN;
        for (int i = 0; i < (cut ? SHOWN : value.size()); i++) {
            parts.add(text(value.get(i)));
        }
        if (cut) {
            parts.add("...");
            parts.add(text(value.get(value.size() - 1)));
        }
        return "[" + String.join(", ", parts) + "]" + (cut ? " (" + value.size() + " values)" : "");
    }

    private static void add(List<String> out, int depth, String name, String value) {
        String indented = "  ".repeat(depth) + name;
        String line =
                value.isEmpty() ? indented : String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s %s", indented, value);
        out.add(line.stripTrailing());
    }
}
