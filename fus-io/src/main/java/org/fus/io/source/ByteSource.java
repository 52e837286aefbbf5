package org.fus.io.source;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
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
     * Bytes as memory, without a copy, for sources that can: a file that the system maps. A mapped file must not be cut
     * short while it is in use; {@link #read} notices a change, memory does not.
     *
     * @param position of the first byte, from 0
     * @param size number of bytes, also beyond 2 GiB
     * @return a read-only segment that lives as long as it is referenced, or nothing: the caller then reads
     * @throws IndexOutOfBoundsException when the range does not lie within the source
     */
    default Optional<MemorySegment> map(long position, long size) {
        Objects.checkFromIndexSize(position, size, size());
        return Optional.empty();
    }

    /**
     * The folder in which this source stands, where formats of several files find their other parts.
     *
     * @return none for bytes that stand alone
     */
    default Optional<ByteFolder> folder() {
        return Optional.empty();
    }

    /**
     * The name without its folders.
     *
     * @return such as {@code rat1.scan}
     */
    default String fileName() {
        String name = name();
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /**
     * What stands next to this source under its name and a suffix, such as {@code v.npy.json} next to {@code v.npy}.
     *
     * @param suffix appended to the name
     * @return the neighbour, when it exists
     */
    default Optional<ByteSource> neighbour(String suffix) {
        return folder().flatMap(f -> f.file(fileName() + suffix));
    }

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
