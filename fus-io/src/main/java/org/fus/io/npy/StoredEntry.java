package org.fus.io.npy;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;

/**
 * An entry of a ZIP file that is stored as it is: a run of the bytes of the file. Bytes are summed as they are read from front
 * to back; each read of the last byte compares the checksum then. Reading a part alone costs no more than the part.
 */
final class StoredEntry implements ByteSource {
    private final String name;
    private final ByteSource file;
    private final long at;
    private final long size;
    private final long stored;
    private final CRC32 crc = new CRC32();
    private long summed;

    StoredEntry(String name, ByteSource file, long at, long size, long stored) {
        this.name = name;
        this.file = file;
        this.at = at;
        this.size = size;
        this.stored = stored;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        int count = target.remaining();
        Objects.checkFromIndexSize(position, count, size);
        ByteBuffer bytes = target.duplicate();
        file.read(at + position, target);
        sum(position, bytes);
    }

    private synchronized void sum(long position, ByteBuffer bytes) {
        long end = position + bytes.remaining();
        if (position <= summed && end > summed) {
            crc.update(bytes.position(bytes.position() + (int) (summed - position)));
            summed = end;
        }
        if (end == size && summed == size && crc.getValue() != stored) {
            throw new FusFormatException(
                    name,
                    "crc32",
                    "the bytes do not have the checksum that is stored with them; the file is damaged: copy it again");
        }
    }
}
