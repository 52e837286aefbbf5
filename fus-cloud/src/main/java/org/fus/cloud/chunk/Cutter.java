package org.fus.cloud.chunk;

import java.util.function.Consumer;
import org.fus.io.source.ByteSource;

/** Cuts a file into chunks that other files and later versions of it share. */
public interface Cutter {
    /** The most that a chunk may have, bytes: 16 MiB, so that a pack of 64 MiB always has room for one more. */
    int MAX_CHUNK_BYTES = 16 << 20;

    /**
     * Cuts a file. The same bytes give the same chunks.
     *
     * @param source the file
     * @param chunks takes each chunk in turn, 1 to {@link #MAX_CHUNK_BYTES} bytes of its own; together they are the file
     * @throws org.fus.core.error.FusStorageException when the file cannot be read
     */
    void cut(ByteSource source, Consumer<byte[]> chunks);
}
