package org.fus.core.clutter;

import java.util.LinkedHashMap;
import java.util.Map;

/** The components {@code [low, high)} that a rule keeps in one ensemble, and how it came to them. */
record Selection(int low, int high, Map<String, String> notes) {
    Selection {
        notes = Map.copyOf(notes);
    }

    Selection(int low, int high) {
        this(low, high, Map.of());
    }

    int kept() {
        return Math.max(0, high - low);
    }

    Selection and(Selection other) {
        Map<String, String> all = new LinkedHashMap<>(notes);
        all.putAll(other.notes);
        return new Selection(Math.max(low, other.low), Math.min(high, other.high), all);
    }
}
