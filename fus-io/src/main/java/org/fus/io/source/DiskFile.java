package org.fus.io.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is open for writing through a {@link Disk}. Not thread-safe. */
public interface DiskFile extends Closeable {
    /**
     * Writes all bytes of some buffers, one after the other.
     *
     * @param position place of the first byte in the file
     * @param buffers written from their position to their limit
     * @throws IOException when the disk is full or fails; any part may have been written
     */
    void write(long position, ByteBuffer... buffers) throws IOException;

    /**
     * Makes the bytes of the file durable.
     *
     * @throws IOException when the disk reports a failure; what is on it is then unknown
     */
    void force() throws IOException;
}
