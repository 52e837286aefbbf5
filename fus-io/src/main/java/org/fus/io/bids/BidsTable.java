package org.fus.io.bids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;

/** A table of tab-separated values with a row of names; {@code n/a} is what is not known. */
final class BidsTable {
    static final String UNKNOWN = "n/a";

    /** Far above any table of events or participants. */
    private static final long MAX_BYTES = 64 << 20;

    private BidsTable() {}

    /** Rows by column name. */
    static List<Map<String, String>> read(ByteSource source) {
        if (source.size() > MAX_BYTES) {
            throw new FusFormatException(
                    source.name(),
                    "size",
                    source.size() + " bytes, expected at most " + MAX_BYTES + "; is it a table?");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) source.size());
        source.read(0, bytes);
        String text = new String(bytes.array(), StandardCharsets.UTF_8).replace("\uFEFF", "");
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> names = null;
        int line = 0;
        for (String row : text.split("\r\n|\n|\r", -1)) {
            line++;
            if (row.isBlank()) {
                continue;
            }
            List<String> fields = List.of(row.split("\t", -1));
            if (names == null) {
                names = fields.stream().map(String::strip).toList();
                continue;
            }
            if (fields.size() != names.size()) {
                throw new FusFormatException(
                        source.name(),
                        "line " + line,
                        "expected " + names.size() + " fields separated by tabs, got " + fields.size()
                                + "; correct the line");
            }
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                named.put(names.get(i), fields.get(i).strip());
            }
            rows.add(named);
        }
        return rows;
    }

    /** The table as text; columns in the order of their first appearance. */
    static String write(List<Map<String, String>> rows) {
        List<String> names =
                rows.stream().flatMap(r -> r.keySet().stream()).distinct().toList();
        StringBuilder out = new StringBuilder(String.join("\t", names)).append('\n');
        for (Map<String, String> row : rows) {
            List<String> fields =
                    names.stream().map(n -> clean(row.getOrDefault(n, UNKNOWN))).toList();
            out.append(String.join("\t", fields)).append('\n');
        }
        return out.toString();
    }

    static List<BidsEvent> events(ByteSource source) {
        List<BidsEvent> out = new ArrayList<>();
        for (Map<String, String> row : read(source)) {
            String type = row.getOrDefault("trial_type", UNKNOWN);
            try {
                out.add(new BidsEvent(
                        number(source, row, "onset"),
                        number(source, row, "duration"),
                        type.equals(UNKNOWN) ? "" : type));
            } catch (IllegalArgumentException e) {
                throw new FusFormatException(source.name(), "row " + (out.size() + 1), e.getMessage(), e);
            }
        }
        return out;
    }

    static List<Map<String, String>> rows(List<BidsEvent> events) {
        boolean typed = events.stream().anyMatch(e -> !e.trialType().isEmpty());
        List<Map<String, String>> rows = new ArrayList<>();
        for (BidsEvent e : events) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("onset", Double.toString(e.onsetS()));
            row.put("duration", Double.isNaN(e.durationS()) ? UNKNOWN : Double.toString(e.durationS()));
            if (typed) {
                row.put("trial_type", e.trialType().isEmpty() ? UNKNOWN : e.trialType());
            }
            rows.add(row);
        }
        return rows;
    }

    private static double number(ByteSource source, Map<String, String> row, String column) {
        String text = row.get(column);
        if (text == null) {
            throw new FusFormatException(
                    source.name(), "line 1", "expected a column '" + column + "', got " + row.keySet());
        }
        if (text.equals(UNKNOWN)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new FusFormatException(source.name(), column, "expected seconds or n/a, got '" + text + "'", e);
        }
    }

    /** A tab or a line break would end a field. */
    private static String clean(String text) {
        String cleaned = text.replaceAll("[\\t\\r\\n]+", " ").strip();
        return cleaned.isEmpty() ? UNKNOWN : cleaned;
    }
}
