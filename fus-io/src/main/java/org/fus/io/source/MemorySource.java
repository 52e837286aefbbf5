package org.fus.io.source;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Bytes in memory. */
public final class MemorySource implements ByteSource {
    private final String name;
    private final byte[] bytes;
    private final Map<String, byte[]> neighbours;

    private MemorySource(String name, byte[] bytes, Map<String, byte[]> neighbours) {
        this.name = Objects.requireNonNull(name, "name");
        this.bytes = bytes;
        this.neighbours = neighbours;
    }

    /**
     * Takes bytes without a copy; the caller must not change them afterwards.
     *
     * @param name for messages, with the extension of the format
     * @param bytes the content
     * @return the source
     */
    public static MemorySource wrap(String name, byte[] bytes) {
        return new MemorySource(name, bytes, Map.of());
    }

    /**
     * The same with neighbours.
     *
     * @param neighbours content by suffix; not to be changed afterwards
     * @return a changed copy
     */
    public MemorySource withNeighbours(Map<String, byte[]> neighbours) {
        return new MemorySource(name, bytes, Map.copyOf(neighbours));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), (long) bytes.length);
        target.put(bytes, (int) position, target.remaining());
    }

    @Override
    public Optional<ByteSource> neighbour(String suffix) {
        return Optional.ofNullable(neighbours.get(suffix)).map(b -> wrap(name + suffix, b));
    }
}
