package org.fus.cloud.store;

import java.nio.ByteBuffer;
import org.fus.cloud.chunk.ContentHash;

/**
 * One chunk of a file and where it is.
 *
 * @param hash of its bytes
 * @param fileOffset of its first byte in the file
 * @param bytes its length
 * @param pack number of the pack in the list of the manifest
 * @param packOffset of its first byte in the pack
 */
record ChunkRef(ContentHash hash, long fileOffset, int bytes, int pack, int packOffset) {
    /** Bytes of an entry of a table. */
    static final int ENTRY_BYTES = ContentHash.BYTES + Long.BYTES + 3 * Integer.BYTES;

    static ChunkRef read(ByteBuffer from) {
        return new ChunkRef(ContentHash.read(from), from.getLong(), from.getInt(), from.getInt(), from.getInt());
    }

    void write(ByteBuffer to) {
        hash.write(to);
        to.putLong(fileOffset).putInt(bytes).putInt(pack).putInt(packOffset);
    }

    long fileEnd() {
        return fileOffset + bytes;
    }

    /** Whether the other one follows this one in its pack, so that one request can read both. */
    boolean isFollowedBy(ChunkRef next) {
        return pack == next.pack && packOffset + bytes == next.packOffset;
    }
}
