package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;

/** A file of an acquisition in the store. Reads the chunks that hold the wanted bytes, and no others. */
final class StoredFile implements ByteSource {
    private final StoredFolder folder;
    private final ManifestFile file;
    private final ChunkReader reader;
    private List<ChunkRef> table;

    StoredFile(StoredFolder folder, ManifestFile file, ChunkReader reader) {
        this.folder = folder;
        this.file = file;
        this.reader = reader;
    }

    @Override
    public String name() {
        return reader.name() + "/" + file.path();
    }

    @Override
    public long size() {
        return file.bytes();
    }

    @Override
    public void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), size());
        if (!target.hasRemaining()) {
            return;
        }
        List<ChunkRef> refs = table();
        long end = position + target.remaining();
        int start = target.position();
        int first = find(refs, position);
        int last = first;
        while (last < refs.size() && refs.get(last).fileOffset() < end) {
            last++;
        }
        reader.readCached(refs.subList(first, last), (ref, chunk) -> {
            int from = (int) Math.max(0, position - ref.fileOffset());
            int to = (int) Math.min(chunk.length, end - ref.fileOffset());
            target.put(start + (int) (ref.fileOffset() + from - position), chunk, from, to - from);
        });
        target.position(target.limit());
    }

    @Override
    public Optional<ByteFolder> folder() {
        return Optional.of(folder);
    }

    private synchronized List<ChunkRef> table() {
        if (table == null) {
            table = reader.table(file);
        }
        return table;
    }

    /** The chunk that holds a byte. */
    private static int find(List<ChunkRef> refs, long position) {
        int low = 0;
        int high = refs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (refs.get(middle).fileOffset() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
