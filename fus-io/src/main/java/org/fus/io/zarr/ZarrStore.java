package org.fus.io.zarr;

import java.util.List;
import java.util.Optional;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteSource;

/**
 * Where the bytes of a Zarr hierarchy are: keys such as {@code data/c/0/1} and their values, which are read in ranges. A
 * folder is one implementation, a bucket of objects may be another. Safe for use by many threads.
 */
public interface ZarrStore {
    /**
     * The name for messages.
     *
     * @return such as {@code rat1.zarr}
     */
    String name();

    /**
     * Looks a value up.
     *
     * @param key parts joined by {@code /}, without one at either end
     * @return the value, to be read in ranges, when there is one
     * @throws org.fus.core.error.FusStorageException when the store cannot tell
     */
    Optional<ByteSource> get(String key);

    /**
     * What lies directly below a key.
     *
     * @param key of a group or array; empty for the root
     * @return the next parts of the keys that start with it, in order of their text
     * @throws org.fus.core.error.FusStorageException when the store cannot tell
     */
    List<String> children(String key);

    /** A store that can be changed. */
    interface Writable extends ZarrStore {
        /**
         * Sets a value, all or nothing; it is durable when this returns.
         *
         * @param key parts joined by {@code /}
         * @param value produces its bytes
         * @throws org.fus.core.error.FusStorageException when it cannot be written
         */
        void put(String key, AtomicFile.Filler value);
    }
}
