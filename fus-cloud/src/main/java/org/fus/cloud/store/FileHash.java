package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.fus.cloud.chunk.ContentHash;

/** The hash of a file from those of its chunks, in order: it proves the bytes without reading them again. */
final class FileHash {
    private final MessageDigest digest = ContentHash.digest();
    private final ByteBuffer line = ByteBuffer.allocate(ContentHash.BYTES + Integer.BYTES);

    void add(ContentHash chunk, int bytes) {
        chunk.write(line.clear());
        digest.update(line.putInt(bytes).flip());
    }

    ContentHash get() {
        return ContentHash.read(ByteBuffer.wrap(digest.digest()));
    }
}
