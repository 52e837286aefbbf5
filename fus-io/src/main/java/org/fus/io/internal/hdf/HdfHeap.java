package org.fus.io.internal.hdf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.fus.io.internal.bytes.LittleEndianBytes;

/** Texts of variable length, in the collections that HDF5 calls the global heap. */
final class HdfHeap {
    private static final int HEADER_BYTES = 16;

    /** The library takes no smaller collection. */
    private static final int MIN_COLLECTION_BYTES = 4096;

    /** A full collection; a longer text has one for itself. */
    private static final int COLLECTION_BYTES = 1 << 16;

    private final List<byte[]> collections = new ArrayList<>();
    private LittleEndianBytes open = new LittleEndianBytes();
    private int objects;
    private long closedBytes;

    /** Where a text stands: the offset of its collection from the first one, its number there, its bytes. */
    record Place(long offset, int index, int bytes) {}

    Place add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (open.size() + utf8.length > COLLECTION_BYTES) {
            close();
        }
        objects++;
        open.u16(objects);
        open.u16(1); // one reference
        open.u32(0);
        open.i64(utf8.length);
        open.raw(utf8);
        open.zeros(-utf8.length & 7);
        return new Place(closedBytes, objects, utf8.length);
    }

    /** Bytes of all collections; nothing is added after this. */
    long bytes() {
        close();
        return closedBytes;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] collection : collections) {
            out.write(collection);
        }
    }

    private void close() {
        if (objects == 0) {
            return;
        }
        int used = HEADER_BYTES + open.size();
        int size = Math.max(MIN_COLLECTION_BYTES, used + HEADER_BYTES);
        LittleEndianBytes b = new LittleEndianBytes();
        b.raw("GCOL".getBytes(StandardCharsets.US_ASCII));
        b.u32(1);
        b.i64(size);
        b.raw(open.toBytes());
        b.i64(0); // object 0 is the free space
        b.i64(size - used);
        b.zeros(size - used - HEADER_BYTES);
        collections.add(b.toBytes());
        closedBytes += size;
        open = new LittleEndianBytes();
        objects = 0;
    }
}
