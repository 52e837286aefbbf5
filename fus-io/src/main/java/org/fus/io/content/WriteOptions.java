package org.fus.io.content;

import java.util.Objects;
import org.fus.io.source.Existing;

/**
 * How a file is written.
 *
 * @param existing what happens to a file that has the name already
 */
public record WriteOptions(Existing existing) {
    /** A name that exists is refused. */
    public static final WriteOptions DEFAULTS = new WriteOptions(Existing.REFUSE);

    /** A file that has the name already is replaced in one step, once the new one is complete. */
    public static final WriteOptions REPLACE = new WriteOptions(Existing.REPLACE);

    /** Checks. */
    public WriteOptions {
        Objects.requireNonNull(existing, "existing");
    }
}
