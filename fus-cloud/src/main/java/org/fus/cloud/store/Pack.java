package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.chunk.Cutter;
import org.fus.cloud.object.ObjectInfo;
import org.fus.cloud.object.ObjectStore;
import org.fus.core.error.FusFormatException;

/**
 * Many chunks in one object: the chunks one after the other, for each its hash, offset and length (big-endian, 40 bytes), the
 * number of chunks, and {@code FUSPACK1}. Its name is the SHA-256 of the hashes and lengths, so that the same chunks in the
 * same order make the same object, and an index that was changed is found out.
 */
final class Pack {
    /** A pack is closed once it has this much: with chunks of at most 16 MiB it ends between 32 and 48 MiB. */
    static final int FULL_BYTES = 32 << 20;

    static final int MAX_CHUNKS = 1 << 16;
    private static final int ENTRY_BYTES = ContentHash.BYTES + 2 * Integer.BYTES;
    private static final int FOOTER_BYTES = Integer.BYTES + Long.BYTES;
    private static final long MAGIC = 0x4655535041434b31L;

    /** Usual packs have fewer chunks than fill this, so one request reads the index. */
    private static final int TAIL_BYTES = 32 << 10;

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}(-\\d{1,10})?");

    private final List<ContentHash> hashes = new ArrayList<>();
    private final List<byte[]> chunks = new ArrayList<>();
    private int size;

    /** A chunk of a pack. */
    record Entry(ContentHash hash, int offset, int bytes) {}

    /** Appends a chunk and tells its offset. */
    int add(ContentHash hash, byte[] chunk) {
        int offset = size;
        hashes.add(hash);
        chunks.add(chunk);
        size += chunk.length;
        return offset;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean isFull() {
        return size >= FULL_BYTES || chunks.size() >= MAX_CHUNKS;
    }

    int chunkBytes() {
        return size;
    }

    /** The name that the chunks give. */
    String name() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            entries.add(new Entry(hashes.get(i), 0, chunks.get(i).length));
        }
        return name(entries);
    }

    ByteBuffer toBytes() {
        ByteBuffer out = ByteBuffer.allocate(size + chunks.size() * ENTRY_BYTES + FOOTER_BYTES);
        chunks.forEach(out::put);
        int offset = 0;
        for (int i = 0; i < chunks.size(); i++) {
            hashes.get(i).write(out);
            out.putInt(offset).putInt(chunks.get(i).length);
            offset += chunks.get(i).length;
        }
        return out.putInt(chunks.size()).putLong(MAGIC).flip();
    }

    /** Reads the index of a pack and checks it against the name. */
    static List<Entry> readIndex(ObjectStore objects, ObjectInfo pack) {
        String where = objects.name() + "/" + pack.key();
        int tail = (int) Math.min(TAIL_BYTES, pack.bytes());
        ByteBuffer bytes = read(objects, pack, tail);
        if (tail < FOOTER_BYTES || bytes.getLong(tail - Long.BYTES) != MAGIC) {
            throw new FusFormatException(
                    where, "end", "no index of a pack; it is damaged: fus store verify tells more");
        }
        int count = bytes.getInt(tail - FOOTER_BYTES);
        if (count < 0 || count > MAX_CHUNKS || count * (long) ENTRY_BYTES + FOOTER_BYTES > pack.bytes()) {
            throw new FusFormatException(
                    where,
                    "end",
                    "an index of " + count + " chunks in " + pack.bytes()
                            + " bytes; it is damaged: fus store verify tells more");
        }
        int need = count * ENTRY_BYTES + FOOTER_BYTES;
        ByteBuffer index = need <= tail ? bytes.position(tail - need) : read(objects, pack, need);
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Entry entry = new Entry(ContentHash.read(index), index.getInt(), index.getInt());
            requirePlace(where, entry.offset(), entry.bytes(), pack.bytes());
            entries.add(entry);
        }
        String named = StoreLayout.lastName(pack.key());
        if (!named.split("-", 2)[0].equals(name(entries))) {
            throw new FusFormatException(where, "index", "it is not that of its name; it is damaged or was changed");
        }
        return entries;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void requirePlace(String where, int offset, int bytes, long size) {
        if (offset < 0 || bytes < 1 || bytes > Cutter.MAX_CHUNK_BYTES || offset + (long) bytes > size) {
            throw new FusFormatException(
                    where,
                    "chunk",
                    "expected 1 to " + Cutter.MAX_CHUNK_BYTES + " bytes within " + size + ", got " + bytes + " at "
                            + offset + "; it is damaged");
        }
    }

    private static ByteBuffer read(ObjectStore objects, ObjectInfo pack, int tail) {
        ByteBuffer bytes = ByteBuffer.allocate(tail);
        if (!objects.read(pack.key(), pack.bytes() - tail, bytes)) {
            throw new FusFormatException(
                    objects.name() + "/" + pack.key(), "/", "it was deleted in between; try again");
        }
        return bytes.flip();
    }

    private static String name(List<Entry> entries) {
        ByteBuffer all = ByteBuffer.allocate(entries.size() * (ContentHash.BYTES + Integer.BYTES));
        entries.forEach(e -> {
            e.hash().write(all);
            all.putInt(e.bytes());
        });
        return ContentHash.of(all.flip()).hex();
    }
}
