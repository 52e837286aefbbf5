package org.fus.cloud.store;

import java.util.Objects;

/**
 * How an import is done.
 *
 * @param author stands in the manifest
 * @param existing what happens when the acquisition has a version already
 */
public record ImportOptions(String author, Existing existing) {
    /** By nobody in particular; other content is the next version. */
    public static final ImportOptions DEFAULTS = new ImportOptions("", Existing.NEXT_VERSION);

    /** What happens when the acquisition has a version already. */
    public enum Existing {
        /** Other content than that of the newest version becomes the next one. */
        NEXT_VERSION,
        /** The first version stays the only one, also when several import at once: whoever is first, all see the same. */
        KEEP_FIRST
    }

    /** Checks that nothing is missing. */
    public ImportOptions {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(existing, "existing");
    }

    /**
     * The same by somebody.
     *
     * @param name stands in the manifest
     * @return a changed copy
     */
    public ImportOptions by(String name) {
        return new ImportOptions(name, existing);
    }
}
