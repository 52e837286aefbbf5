package org.fus.io.source;

/** What happens to a file that has the name of a new one. */
public enum Existing {
    /** The new file is refused before a byte is written. */
    REFUSE,
    /** The old file is replaced in one step, once the new one is complete. */
    REPLACE
}
