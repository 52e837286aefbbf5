package org.fus.io.urx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fus.core.geometry.Vector3;

/**
 * What a file says that core types have no place for, in the shape of its own tree, so that writing puts each value back
 * where it stood: people, system, pulse shapes, gain profiles, settings of a make of device, nodes of later versions.
 */
final class UrxMetadata {
    /** The entry of the metadata. */
    static final String ENTRY = "urx";

    /** Fields that core types hold, by their path below the acquisition. */
    private static final Pattern TAKEN = Pattern.compile(String.join(
            "|",
            "probes/\\d+/(elements|element_geometries|type|description)",
            "groups/\\d+/(sampling_type|data_type|sound_speed)",
            "groups/\\d+/sequence/\\d+/transmit_setup/"
                    + "(probe|active_elements|excitations|delays|time_offset|wave/.*|wave)",
            "groups/\\d+/sequence/\\d+/receive_setup/(probe|sampling_frequency|number_samples|active_elements"
                    + "|modulation_frequency|time_offset)",
            "groups_data/\\d+/(group|raw_data|event_timestamps)"));

    /** Fields of programs, which are of the core as well. */
    private static final Pattern TAKEN_OF_PROGRAMS = Pattern.compile(String.join(
            "|",
            "super_groups",
            "initial_group",
            "(groups/\\d+/|groups/\\d+/sequence/\\d+/)?(time_offset|trigger_in|trigger_out|hw_config)",
            "groups/\\d+/(repetition_count|destinations|period|description)"));

    private static final Pattern FRAME_TIMES = Pattern.compile("groups_data/\\d+/sequence_timestamps");

    private static final Pattern TRANSFORM = Pattern.compile(".*/(transform|probe_transform)");
    private static final Pattern UNSET = Pattern.compile(".*/(tgc_profile|tgc_sampling_frequency|timestamp"
            + "|group_timestamp|sampling_frequency|waveform|modulation_frequency)|timestamp");

    private final UrxNodes urx;
    private final boolean program;

    UrxMetadata(UrxNodes urx, boolean program) {
        this.urx = urx;
        this.program = program;
    }

    /** All of it, without what is empty. */
    Map<String, Object> read() {
        Map<String, Object> out = new LinkedHashMap<>();
        prune(UrxTree.read(urx, UrxNodes.ACQUISITION, this::isTaken))
                .ifPresent(kept -> ((Map<?, ?>) kept).forEach((name, value) -> out.put((String) name, value)));
        return out;
    }

    private boolean isTaken(String path) {
        String below = path.substring(UrxNodes.ACQUISITION.length() + 1);
        if (TAKEN.matcher(below).matches()
                || (program && TAKEN_OF_PROGRAMS.matcher(below).matches())) {
            return true;
        }
        if (TRANSFORM.matcher(below).matches()) {
            Vector3 rotation = urx.vector(path + "/rotation");
            return rotation.length() == 0 && urx.vector(path + "/translation").length() == 0;
        }
        if (FRAME_TIMES.matcher(below).matches()) {
            return isRegular(urx.row(path));
        }
        return UNSET.matcher(below).matches() && !urx.hdf().isGroup(path) && isUnset(path);
    }

    /** Times that follow from the frame rate. */
    private static boolean isRegular(double[] times) {
        int n = times.length;
        double step = n < 2 ? 0 : (times[n - 1] - times[0]) / (n - 1);
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(times[i] - i * step) <= 1e-6 * step)) {
                return false;
            }
        }
        return true;
    }

    private boolean isUnset(String path) {
        double[] values = urx.hdf().numbers(path);
        return values.length == 0 || (values.length == 1 && Double.isNaN(values[0]));
    }

    /** Without empty texts, groups and lists of nothing else; places in a list are kept. */
    private static Optional<Object> prune(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> out = new LinkedHashMap<>();
                map.forEach((name, v) -> prune(v).ifPresent(kept -> out.put(name, kept)));
                yield out.isEmpty() ? Optional.empty() : Optional.of(out);
            }
            case List<?> list -> {
                List<Object> out = new ArrayList<>();
                boolean empty = true;
                for (Object v : list) {
                    Optional<Object> kept = v instanceof Map ? prune(v) : Optional.of(v);
                    empty &= kept.isEmpty();
                    out.add(kept.orElseGet(Map::of));
                }
                yield empty ? Optional.empty() : Optional.of(out);
            }
            case String text when text.isEmpty() -> Optional.empty();
            default -> Optional.of(value);
        };
    }

    /** Of each list only some of the objects, renumbered: what is left describes a file of those alone. */
    static Map<String, Object> only(
            Map<String, Object> all, List<Integer> probes, int group, List<Integer> events, int data) {
        Map<String, Object> out = new LinkedHashMap<>(all);
        choose(out, "probes", probes);
        choose(out, "groups", List.of(group));
        choose(out, "groups_data", List.of(data));
        if (out.get("groups") instanceof List<?> groups && groups.getFirst() instanceof Map<?, ?> g) {
            Map<String, Object> chosen = new LinkedHashMap<>();
            g.forEach((name, value) -> chosen.put((String) name, value));
            choose(chosen, "sequence", events);
            out.put("groups", List.of(chosen));
        }
        return out;
    }

    private static void choose(Map<String, Object> map, String name, List<Integer> kept) {
        if (map.get(name) instanceof List<?> list) {
            map.put(
                    name,
                    kept.stream()
                            .<Object>map(i -> i < list.size() ? list.get(i) : Map.of())
                            .toList());
        }
    }
}
