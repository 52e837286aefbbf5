package org.fus.io.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;
import org.fus.io.source.MemorySource;

/**
 * The entries of a ZIP file by its directory (PKWARE APPNOTE 6.3.9), 64-bit sizes included. An entry that is stored as it
 * is, is read in place, and its checksum verified when its last byte is read, if it was read from front to back; a deflated
 * one is inflated and verified when it is used.
 */
final class ZipEntries {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final long IN_64 = 0xFFFFFFFFL;

    /** Deflate packs at most 258 bytes into 2 bits (RFC 1951). */
    private static final long MAX_RATIO = 1032;

    /** Real archives of arrays have a few entries. */
    private static final long MAX_DIRECTORY_BYTES = 16 << 20;

    private final ByteSource source;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String name, int method, long crc, long packed, long size, long localAt) {}

    private ZipEntries(ByteSource source) {
        this.source = source;
    }

    static ZipEntries read(ByteSource source) {
        ZipEntries zip = new ZipEntries(source);
        zip.readDirectory();
        return zip;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** The content of an entry. */
    ByteSource open(String name) {
        Entry e = entries.get(name);
        ByteBuffer local = bytes(e.localAt, LOCAL_BYTES, name);
        if (local.getInt(0) != LOCAL) {
            throw failure("byte " + e.localAt + ", " + name, "expected the header of an entry");
        }
        long at = e.localAt
                + LOCAL_BYTES
                + Short.toUnsignedInt(local.getShort(26))
                + Short.toUnsignedInt(local.getShort(28));
        if (at > source.size() || e.packed > source.size() - at) {
            throw failure(name, "claims " + e.packed + " bytes from byte " + at + " of a file of " + source.size());
        }
        String full = source.name() + "!" + name;
        return switch (e.method) {
            case STORED -> {
                if (e.packed != e.size) {
                    throw failure(name, "is stored as it is, but its two sizes differ: " + e.packed + ", " + e.size);
                }
                yield new StoredEntry(full, source, at, e.size, e.crc);
            }
            case DEFLATED -> MemorySource.wrap(full, inflated(e, at));
            default ->
                throw new FusUnsupportedFormatException(
                        source.name(),
                        name,
                        "compression method " + e.method
                                + " is not supported (expected none or deflate); save it with numpy.savez");
        };
    }

    private byte[] inflated(Entry e, long at) {
        if (e.size > e.packed * MAX_RATIO || e.size > Integer.MAX_VALUE - 8) {
            throw failure(e.name, "claims " + e.size + " bytes packed into " + e.packed);
        }
        Heap.require(source.name(), e.size + e.packed);
        byte[] out = new byte[(int) e.size];
        ByteBuffer packed = bytes(at, e.packed, e.name);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            int n = 0;
            while (n < out.length && !inflater.finished()) {
                int got = inflater.inflate(out, n, out.length - n);
                if (got == 0 && !inflater.finished()) {
                    throw new DataFormatException("it ends after " + n + " bytes");
                }
                n += got;
            }
            CRC32 crc = new CRC32();
            crc.update(out);
            if (n < out.length || crc.getValue() != e.crc) {
                throw new DataFormatException("it does not match its size or checksum");
            }
            return out;
        } catch (DataFormatException x) {
            throw new FusFormatException(
                    source.name(),
                    e.name,
                    "cannot be inflated (" + x.getMessage() + "); the file is damaged: copy it again",
                    x);
        } finally {
            inflater.end();
        }
    }

    private void readDirectory() {
        int tail = (int) Math.min(source.size(), END_BYTES + MAX_COMMENT);
        ByteBuffer b = bytes(source.size() - tail, tail, "directory");
        int end = tail - END_BYTES;
        while (end >= 0 && b.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw failure("directory", "expected the end of a ZIP directory, got none; the file may be truncated");
        }
        long count = Short.toUnsignedLong(b.getShort(end + 10));
        long size = Integer.toUnsignedLong(b.getInt(end + 12));
        long at = Integer.toUnsignedLong(b.getInt(end + 16));
        long locatorAt = source.size() - tail + end - LOCATOR64_BYTES;
        if ((count == 0xFFFF || size == IN_64 || at == IN_64) && locatorAt >= 0) {
            ByteBuffer locator = bytes(locatorAt, LOCATOR64_BYTES, "directory");
            if (locator.getInt(0) == LOCATOR64) {
                ByteBuffer end64 = bytes(locator.getLong(8), 56, "directory");
                if (end64.getInt(0) != END64) {
                    throw failure("directory", "expected its 64-bit end at byte " + locator.getLong(8));
                }
                count = end64.getLong(32);
                size = end64.getLong(40);
                at = end64.getLong(48);
            }
        }
        if (size < 0 || size > MAX_DIRECTORY_BYTES || count < 0 || count > size / ENTRY_BYTES) {
            throw failure(
                    "directory", count + " entries in " + size + " bytes, expected at most " + MAX_DIRECTORY_BYTES);
        }
        ByteBuffer directory = bytes(at, size, "directory");
        for (long i = 0; i < count; i++) {
            readEntry(directory);
        }
    }

    private void readEntry(ByteBuffer d) {
        int p = d.position();
        if (d.remaining() < ENTRY_BYTES || d.getInt(p) != ENTRY) {
            throw failure("directory", "entry " + entries.size() + " is damaged");
        }
        int nameBytes = Short.toUnsignedInt(d.getShort(p + 28));
        int extraBytes = Short.toUnsignedInt(d.getShort(p + 30));
        int commentBytes = Short.toUnsignedInt(d.getShort(p + 32));
        if (d.remaining() - ENTRY_BYTES < nameBytes + extraBytes + commentBytes) {
            throw failure("directory", "entry " + entries.size() + " is cut off");
        }
        if (nameBytes == 0) {
            throw failure("directory", "entry " + entries.size() + " has no name");
        }
        byte[] name = new byte[nameBytes];
        d.get(p + ENTRY_BYTES, name);
        long packed = Integer.toUnsignedLong(d.getInt(p + 20));
        long size = Integer.toUnsignedLong(d.getInt(p + 24));
        long local = Integer.toUnsignedLong(d.getInt(p + 42));
        int extra = p + ENTRY_BYTES + nameBytes;
        int extraEnd = extra + extraBytes;
        while (extraEnd - extra >= 4) {
            int id = Short.toUnsignedInt(d.getShort(extra));
            int length = Short.toUnsignedInt(d.getShort(extra + 2));
            int value = extra + 4;
            int valueEnd = Math.min(value + length, extraEnd);
            if (id == 1) {
                if (size == IN_64 && valueEnd - value >= 8) {
                    size = d.getLong(value);
                    value += 8;
                }
                if (packed == IN_64 && valueEnd - value >= 8) {
                    packed = d.getLong(value);
                    value += 8;
                }
                if (local == IN_64 && valueEnd - value >= 8) {
                    local = d.getLong(value);
                }
            }
            extra = valueEnd;
        }
        String text = new String(name, StandardCharsets.UTF_8);
        if (size < 0 || packed < 0 || local < 0 || packed > source.size() || local > source.size() - LOCAL_BYTES) {
            throw failure(text, "claims " + packed + " bytes from byte " + local + " of a file of " + source.size());
        }
        int method = Short.toUnsignedInt(d.getShort(p + 10));
        long crc = Integer.toUnsignedLong(d.getInt(p + 16));
        entries.put(text, new Entry(text, method, crc, packed, size, local));
        d.position(extraEnd + commentBytes);
    }

    private ByteBuffer bytes(long at, long count, String where) {
        if (at < 0 || count < 0 || at > source.size() || count > source.size() - at || count > Integer.MAX_VALUE - 8) {
            throw failure(where, "expected " + count + " bytes from byte " + at + ", got a file of " + source.size());
        }
        Heap.require(source.name(), count);
        ByteBuffer b = ByteBuffer.allocate((int) count).order(ByteOrder.LITTLE_ENDIAN);
        source.read(at, b);
        return b.flip();
    }

    private FusFormatException failure(String where, String problem) {
        return new FusFormatException(source.name(), where, problem + "; the file may be damaged: copy it again");
    }
}
