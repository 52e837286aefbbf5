package org.fus.io.zarr;

import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteFolder;

/**
 * Where a Zarr hierarchy is written: names such as {@code data/c/0/1} and their values. For reading any {@link ByteFolder}
 * will do. A folder of the file system is one implementation, a bucket of objects may be another. Safe for use by many
 * threads.
 */
public interface ZarrStore extends ByteFolder {
    /**
     * Sets a value, all or nothing; it is durable when this returns.
     *
     * @param path names joined by {@code /}
     * @param value produces its bytes
     * @throws org.fus.core.error.FusStorageException when it cannot be written
     */
    void put(String path, AtomicFile.Filler value);
}
