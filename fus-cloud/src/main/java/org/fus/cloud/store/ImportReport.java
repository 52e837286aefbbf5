package org.fus.cloud.store;

import java.util.List;

/**
 * What an import did.
 *
 * @param manifest of the version that now holds the data
 * @param changed false when the newest version held the same content already, which then stays the newest
 * @param sentBytes bytes of chunks that the project did not hold before
 * @param sentPacks objects that were sent
 * @param warnings what a person should know, such as files that were left out
 */
public record ImportReport(Manifest manifest, boolean changed, long sentBytes, int sentPacks, List<String> warnings) {
    /** Copies. */
    public ImportReport {
        warnings = List.copyOf(warnings);
    }
}
