package org.fus.hardware.safety;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of the audit log.
 *
 * @param at when, wall clock
 * @param who the person or part that did it
 * @param what what was changed, or what happened
 * @param oldValue the value before; empty when there is none
 * @param newValue the value now; empty when there is none
 * @param reason why
 */
public record AuditEntry(Instant at, String who, String what, String oldValue, String newValue, String reason) {
    /** Checks that nothing is missing. */
    public AuditEntry {
        Objects.requireNonNull(at, "at");
        for (String text : new String[] {who, what, oldValue, newValue, reason}) {
            Objects.requireNonNull(text, "audit entry");
        }
    }

    /**
     * The entry as one line of tab-separated values; tabs and line breaks within a value become spaces.
     *
     * @return time, who, what, old, new, reason
     */
    public String toLine() {
        return String.join(
                "\t", at.toString(), plain(who), plain(what), plain(oldValue), plain(newValue), plain(reason));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\t\\r\\n]+", " ");
    }
}
