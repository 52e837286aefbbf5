package org.fus.io.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;
import org.fus.io.source.DiskFile;
import org.fus.io.source.MemorySource;

/** A store in memory that counts the bytes that are read from it. */
final class MemoryStore implements ZarrStore {
    final Map<String, byte[]> values = new TreeMap<>();
    long bytesRead;

    @Override
    public String name() {
        return "memory.zarr";
    }

    @Override
    public Optional<ByteSource> file(String key) {
        return Optional.ofNullable(values.get(key)).map(v -> new Counting(MemorySource.wrap(name() + "/" + key, v)));
    }

    @Override
    public List<String> names() {
        return values.keySet().stream().map(k -> k.split("/", 2)[0]).distinct().toList();
    }

    @Override
    public Optional<ByteFolder> folder(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<ByteFolder> parent() {
        return Optional.empty();
    }

    @Override
    public void put(String key, AtomicFile.Filler value) {
        MemoryFile file = new MemoryFile();
        try {
            value.fill(file);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        values.put(key, file.bytes);
    }

    static byte[] random(int bytes, long seed) {
        byte[] out = new byte[bytes];
        new Random(seed).nextBytes(out);
        return out;
    }

    /** Counts 0, 1, 2, ... as little-endian int32. */
    static byte[] ramp(int count) {
        ByteBuffer out = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            out.putInt(i);
        }
        return out.array();
    }

    private final class Counting implements ByteSource {
        private final ByteSource source;

        Counting(ByteSource source) {
            this.source = source;
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public void read(long position, ByteBuffer target) {
            bytesRead += target.remaining();
            source.read(position, target);
        }

        @Override
        public Optional<ByteSource> neighbour(String suffix) {
            return Optional.empty();
        }
    }

    private static final class MemoryFile implements DiskFile {
        private byte[] bytes = new byte[0];

        @Override
        public void write(long position, ByteBuffer... buffers) {
            long at = position;
            for (ByteBuffer b : buffers) {
                int n = b.remaining();
                bytes = java.util.Arrays.copyOf(bytes, (int) Math.max(bytes.length, at + n));
                b.get(bytes, (int) at, n);
                at += n;
            }
        }

        @Override
        public void force() {
            // Memory is as durable as it gets.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
