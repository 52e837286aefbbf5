package org.fus.io.source;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Bytes at positions: a file, an object in a store, an array. Every reader takes one, so none needs a path. Safe for use by
 * many threads; holds nothing that needs closing.
 */
public interface ByteSource {
    /**
     * The name for messages, and for recognising a format by its extension.
     *
     * @return such as {@code rat1.scan}
     */
    String name();

    /**
     * The number of bytes.
     *
     * @return at least 0
     */
    long size();

    /**
     * Fills a buffer.
     *
     * @param position of the first byte, from 0
     * @param target filled from its position to its limit
     * @throws IllegalArgumentException when the range does not lie within the source
     * @throws org.fus.core.error.FusStorageException when the bytes cannot be read
     */
    void read(long position, ByteBuffer target);

    /**
     * What stands next to this source under the same name and a suffix, such as {@code v.npy.json} next to
     * {@code v.npy}.
     *
     * @param suffix appended to the name
     * @return the neighbour, when it exists
     */
    Optional<ByteSource> neighbour(String suffix);

    /**
     * The first bytes.
     *
     * @param count how many
     * @return at most so many, fewer when the source is shorter
     */
    default byte[] head(int count) {
        byte[] head = new byte[(int) Math.min(count, size())];
        read(0, ByteBuffer.wrap(head));
        return head;
    }
}
