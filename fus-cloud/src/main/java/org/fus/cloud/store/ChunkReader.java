package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.object.ObjectStore;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;

/** Reads the chunks of one version of an acquisition and compares each with its hash. Safe for many threads. */
final class ChunkReader {
    /** One request reads neighbours in a pack up to this. */
    static final int RUN_BYTES = 4 << 20;

    private static final int CACHE_BYTES = 32 << 20;

    private final ObjectStore objects;
    private final StoreLayout layout;
    private final Manifest manifest;
    private final Map<ContentHash, byte[]> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long cachedBytes;

    ChunkReader(ObjectStore objects, StoreLayout layout, Manifest manifest) {
        this.objects = objects;
        this.layout = layout;
        this.manifest = manifest;
    }

    Manifest manifest() {
        return manifest;
    }

    /** For messages. */
    String name() {
        return objects.name() + ": " + manifest.acquisition() + "@" + manifest.version();
    }

    /** The chunks of a file, checked: they follow each other, fill the file, and lie in packs of the manifest. */
    List<ChunkRef> table(ManifestFile file) {
        ByteBuffer bytes = ByteBuffer.allocate(file.chunks() * ChunkRef.ENTRY_BYTES);
        String key = layout.table(manifest.table());
        if (!objects.read(key, file.firstChunk() * ChunkRef.ENTRY_BYTES, bytes)) {
            throw missing(key);
        }
        return entries(file, bytes.flip());
    }

    /** The whole table, compared with its hash. */
    List<ChunkRef> table() {
        String key = layout.table(manifest.table());
        long size = manifest.chunks() * ChunkRef.ENTRY_BYTES;
        ByteBuffer bytes = ByteBuffer.wrap(objects.get(key, Math.toIntExact(size))
                .orElseThrow(() -> missing(key))
                .bytes());
        if (bytes.remaining() != size || !ContentHash.of(bytes.duplicate()).equals(manifest.tableHash())) {
            throw new FusFormatException(
                    name(), "table of chunks", "it is not the one of the manifest; restore another version");
        }
        List<ChunkRef> all = new ArrayList<>();
        for (ManifestFile file : manifest.files()) {
            all.addAll(entries(file, bytes));
        }
        return all;
    }

    private List<ChunkRef> entries(ManifestFile file, ByteBuffer bytes) {
        List<ChunkRef> refs = new ArrayList<>(file.chunks());
        long at = 0;
        FileHash hash = new FileHash();
        for (int i = 0; i < file.chunks(); i++) {
            ChunkRef ref = ChunkRef.read(bytes);
            if (ref.fileOffset() != at
                    || ref.pack() < 0
                    || ref.pack() >= manifest.packs().size()) {
                throw new FusFormatException(
                        name() + "/" + file.path(),
                        "chunk " + i,
                        "the table of chunks is damaged; restore another version");
            }
            Pack.requirePlace(name() + "/" + file.path(), ref.packOffset(), ref.bytes(), Integer.MAX_VALUE);
            at = ref.fileEnd();
            hash.add(ref.hash(), ref.bytes());
            refs.add(ref);
        }
        if (at != file.bytes() || !hash.get().equals(file.hash())) {
            throw new FusFormatException(
                    name() + "/" + file.path(),
                    "chunks",
                    "they are not those of the manifest; restore another version");
        }
        return refs;
    }

    /** Cuts a list into runs that one request each can read. */
    static List<List<ChunkRef>> runs(List<ChunkRef> refs) {
        List<List<ChunkRef>> runs = new ArrayList<>();
        List<ChunkRef> run = new ArrayList<>();
        long bytes = 0;
        for (ChunkRef ref : refs) {
            if (!run.isEmpty() && (!run.getLast().isFollowedBy(ref) || bytes + ref.bytes() > RUN_BYTES)) {
                runs.add(run);
                run = new ArrayList<>();
                bytes = 0;
            }
            run.add(ref);
            bytes += ref.bytes();
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    /** Reads one of the {@link #runs} and hands over each chunk. */
    void read(List<ChunkRef> run, BiConsumer<ChunkRef, byte[]> chunks) {
        ChunkRef first = run.getFirst();
        int size = run.stream().mapToInt(ChunkRef::bytes).sum();
        ByteBuffer bytes = ByteBuffer.allocate(size);
        String key = layout.pack(manifest.packs().get(first.pack()));
        if (!objects.read(key, first.packOffset(), bytes)) {
            throw missing(key);
        }
        bytes.flip();
        for (ChunkRef ref : run) {
            byte[] chunk = new byte[ref.bytes()];
            bytes.get(chunk);
            if (!ContentHash.of(chunk).equals(ref.hash())) {
                throw new FusFormatException(
                        objects.name() + "/" + key,
                        "byte " + ref.packOffset(),
                        "the chunk there is not " + ref.hash()
                                + "; it is damaged: import the acquisition again, or restore another version");
            }
            chunks.accept(ref, chunk);
        }
    }

    /** As {@link #read}, and keeps what was read last: readers of formats come back for the same bytes. */
    void readCached(List<ChunkRef> refs, BiConsumer<ChunkRef, byte[]> chunks) {
        List<ChunkRef> absent = new ArrayList<>();
        for (ChunkRef ref : refs) {
            byte[] chunk = cached(ref.hash());
            if (chunk == null) {
                absent.add(ref);
            } else {
                chunks.accept(ref, chunk);
            }
        }
        for (List<ChunkRef> run : runs(absent)) {
            read(run, (ref, chunk) -> {
                keep(ref.hash(), chunk);
                chunks.accept(ref, chunk);
            });
        }
    }

    private synchronized byte[] cached(ContentHash hash) {
        return cache.get(hash);
    }

    private synchronized void keep(ContentHash hash, byte[] chunk) {
        if (cache.put(hash, chunk) == null) {
            cachedBytes += chunk.length;
        }
        Iterator<byte[]> oldest = cache.values().iterator();
        while (cachedBytes > CACHE_BYTES) {
            cachedBytes -= oldest.next().length;
            oldest.remove();
        }
    }

    private FusStorageException missing(String key) {
        return new FusStorageException(
                name(),
                "read",
                "the store holds no " + key + "; import the acquisition again, or restore another version",
                false,
                null);
    }
}
