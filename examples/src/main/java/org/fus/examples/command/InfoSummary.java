package org.fus.examples.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a person asks of a file first, in one line each; what the file does not say is said to be missing. */
final class InfoSummary {
    /** In the place of a value. */
    static final String NOT_STATED = "not stated in the file";

    /** Seconds from which a duration is also given in minutes. */
    private static final double LONG_S = 120;

    private final JsonNode info;
    private final List<String> notStated = new ArrayList<>();

    private InfoSummary(JsonNode info) {
        this.info = info;
        info.path("notStated").forEach(n -> notStated.add(n.asText()));
    }

    /** The lines by label, in their order. */
    static Map<String, String> lines(JsonNode info) {
        InfoSummary s = new InfoSummary(info);
        Map<String, String> out = new LinkedHashMap<>();
        out.put("shape", s.shape());
        out.put("voxel size", s.voxels());
        out.put("duration", s.timed("durationS", s::duration));
        out.put("frame rate", s.timed("frameRateHz", s::frameRate));
        out.put("probe", s.assumed("probe", s.probe()));
        out.put("sequence", s.assumed("sequence", s.sequence()));
        out.put("subject", s.label("subject"));
        out.put("session", s.label("session"));
        out.put("integrity", info.path("integrity").asText("nothing is known"));
        return out;
    }

    private String shape() {
        List<String> axes = new ArrayList<>();
        info.path("axes")
                .forEach(a ->
                        axes.add(a.path("name").asText() + " " + a.path("size").asLong()));
        return axes.isEmpty() ? "one number" : String.join(" x ", axes);
    }

    private String voxels() {
        JsonNode v = info.path("voxelSizeM");
        String kind = info.path("kind").asText();
        if (!v.isObject()) {
            return switch (kind) {
                case "channel-data" -> "none: channel data are not beamformed";
                case "transform", "regions", "program" -> "none: not an image";
                default -> NOT_STATED;
            };
        }
        List<String> sizes = new ArrayList<>();
        for (String axis : List.of("x", "y", "z")) {
            sizes.add(InfoNumbers.text(v.path(axis).asDouble() * 1e3)
                    + (notStated.contains("voxelSizeM." + axis) ? " (assumed)" : ""));
        }
        return assumed("voxelSizeM", Optional.of(String.join(" x ", sizes) + " mm (x, y, z)"));
    }

    private String timed(String entry, java.util.function.DoubleFunction<String> text) {
        JsonNode v = info.path(entry);
        if (v.isNumber()) {
            return text.apply(v.asDouble());
        }
        if (notStated.contains(entry)) {
            return NOT_STATED;
        }
        return switch (info.path("kind").asText()) {
            case "map" -> "none: a single map";
            case "series" -> "none: a single volume";
            case "transform", "regions", "program" -> "none: not a recording";
            default -> NOT_STATED;
        };
    }

    private String duration(double s) {
        String text = InfoNumbers.withUnit(s, "s");
        if (s < LONG_S) {
            return text;
        }
        long whole = Math.round(s);
        return String.format(Locale.ROOT, "%s (%d min %d s)", text, whole / 60, whole % 60);
    }

    private String frameRate(double hz) {
        String what = info.path("kind").asText().equals("series") ? "volume" : "frame";
        return InfoNumbers.withUnit(hz, "Hz") + ", one " + what + " every " + InfoNumbers.withUnit(1 / hz, "s");
    }

    private Optional<String> probe() {
        JsonNode p = info.path("probe");
        List<String> parts = new ArrayList<>();
        text(p, "name").ifPresent(parts::add);
        text(p, "model").ifPresent(m -> parts.add("model " + m));
        text(p, "type").ifPresent(t -> parts.add(t.equals("RCA") ? t : t.toLowerCase(Locale.ROOT)));
        number(p, "elements").ifPresent(n -> parts.add(InfoNumbers.text(n) + " elements"));
        number(p, "pitchM").ifPresent(n -> parts.add("pitch " + InfoNumbers.withUnit(n, "m")));
        number(p, "centerFrequencyHz").ifPresent(n -> parts.add(InfoNumbers.text(n * 1e-6) + " MHz"));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    /** That of the data; of a program those of its groups. */
    private Optional<String> sequence() {
        List<String> groups = new ArrayList<>();
        for (JsonNode unit : info.path("program").path("units")) {
            sequence(unit.path("sequence"))
                    .ifPresent(s -> groups.add(unit.path("name").asText() + ": " + s));
        }
        return groups.isEmpty() ? sequence(info.path("sequence")) : Optional.of(String.join("; ", groups));
    }

    private static Optional<String> sequence(JsonNode s) {
        List<String> parts = new ArrayList<>();
        text(s, "name").ifPresent(parts::add);
        transmits(s.path("transmits")).ifPresent(parts::add);
        number(s, "centerFrequencyHz").ifPresent(n -> parts.add(InfoNumbers.text(n * 1e-6) + " MHz"));
        number(s, "pulseRepetitionFrequencyHz").ifPresent(n -> parts.add("PRF " + InfoNumbers.withUnit(n, "Hz")));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    /** Counted by type; the tilts of plane waves in degrees. */
    private static Optional<String> transmits(JsonNode transmits) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (JsonNode t : transmits) {
            counts.merge(t.path("type").asText(), 1, Integer::sum);
            if (t.has("tiltRad")) {
                low = Math.min(low, Math.toDegrees(t.path("tiltRad").asDouble()));
                high = Math.max(high, Math.toDegrees(t.path("tiltRad").asDouble()));
            }
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            String waves = switch (count.getKey()) {
                case "plane", "diverging", "focused" -> count.getKey() + " wave";
                case "element" -> "single element";
                case "delays" -> "law of delays";
                default -> count.getKey();
            };
            int n = count.getValue();
            String plural = waves.equals("law of delays") ? "laws of delays" : waves + "s";
            parts.add(n + " " + (n == 1 ? waves : plural) + (count.getKey().equals("plane") ? angles(low, high) : ""));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", parts));
    }

    private static String angles(double low, double high) {
        return low == high
                ? " of " + InfoNumbers.text(low) + " deg"
                : " of " + InfoNumbers.text(low) + " to " + InfoNumbers.text(high) + " deg";
    }

    private String label(String entry) {
        JsonNode v = info.path(entry);
        boolean fromName = false;
        for (JsonNode n : info.path("fromName")) {
            fromName |= n.asText().equals(entry);
        }
        return v.isTextual() ? v.asText() + (fromName ? " (from the name of the file)" : "") : NOT_STATED;
    }

    private String assumed(String entry, Optional<String> value) {
        String kind = info.path("kind").asText();
        if (value.isEmpty() && (kind.equals("transform") || kind.equals("regions"))) {
            return "none: not a recording";
        }
        return value.map(v -> v + (notStated.contains(entry) ? " (" + NOT_STATED + ", assumed)" : ""))
                .orElse(NOT_STATED);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asText("").strip()).filter(t -> !t.isEmpty());
    }

    private static Optional<Double> number(JsonNode node, String name) {
        return node.path(name).isNumber() ? Optional.of(node.path(name).asDouble()) : Optional.empty();
    }
}
