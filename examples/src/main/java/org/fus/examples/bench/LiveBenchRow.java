package org.fus.examples.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code fus bench --live} found out about one thing.
 *
 * @param work what was done
 * @param met whether everything came through at the rate that was asked for
 * @param figures by name, for scripts
 * @param lines the same for people
 */
public record LiveBenchRow(String work, boolean met, Map<String, Object> figures, List<String> lines) {
    /** Copies. */
    public LiveBenchRow {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        lines = List.copyOf(lines);
    }
}
