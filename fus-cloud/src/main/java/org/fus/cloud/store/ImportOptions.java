package org.fus.cloud.store;

import java.util.Objects;

/**
 * How an import is done.
 *
 * @param author stands in the manifest
 */
public record ImportOptions(String author) {
    /** By nobody in particular. */
    public static final ImportOptions DEFAULTS = new ImportOptions("");

    /** Checks that nothing is missing. */
    public ImportOptions {
        Objects.requireNonNull(author, "author");
    }
}
