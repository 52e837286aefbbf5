package org.fus.io.source;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Bytes in memory. */
public final class MemorySource implements ByteSource {
    private final String name;
    private final byte[] bytes;
    private final ByteFolder folder;

    private MemorySource(String name, byte[] bytes, ByteFolder folder) {
        this.name = Objects.requireNonNull(name, "name");
        this.bytes = bytes;
        this.folder = folder;
    }

    /**
     * Takes bytes without a copy; the caller must not change them afterwards.
     *
     * @param name for messages, with the extension of the format
     * @param bytes the content
     * @return the source
     */
    public static MemorySource wrap(String name, byte[] bytes) {
        return new MemorySource(name, bytes, null);
    }

    /** A file of a folder in memory; a folder without a name gives the bare names that its files have. */
    static MemorySource in(ByteFolder folder, String path, byte[] bytes) {
        return new MemorySource(folder.name().isEmpty() ? path : folder.name() + "/" + path, bytes, folder);
    }

    /**
     * The same with files next to it whose names are its own and a suffix.
     *
     * @param neighbours content by suffix; not to be changed afterwards
     * @return a changed copy
     */
    public MemorySource withNeighbours(Map<String, byte[]> neighbours) {
        Map<String, byte[]> files = new TreeMap<>();
        neighbours.forEach((suffix, content) -> files.put(fileName() + suffix, content));
        int at = name.length() - fileName().length();
        return new MemorySource(name, bytes, MemoryFolder.of(name.substring(0, Math.max(0, at - 1)), files));
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
    public Optional<MemorySegment> map(long position, long size) {
        return Optional.of(MemorySegment.ofArray(bytes).asReadOnly().asSlice(position, size));
    }

    @Override
    public Optional<ByteFolder> folder() {
        return Optional.ofNullable(folder);
    }
}
