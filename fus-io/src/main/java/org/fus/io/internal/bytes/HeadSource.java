package org.fus.io.internal.bytes;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.fus.io.source.ByteSource;

/** The head of a file that is not written yet, as if its values followed: they have a size, but cannot be read. */
public final class HeadSource implements ByteSource {
    private final String name;
    private final byte[] head;
    private final long values;

    /** A head with so many bytes of values behind it. */
    public HeadSource(String name, byte[] head, long values) {
        this.name = name;
        this.head = head;
        this.values = values;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return head.length + values;
    }

    /** Bytes of values read as 0: a reader of the head may look ahead. */
    @Override
    public void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), size());
        int known = Math.clamp(head.length - position, 0, target.remaining());
        if (known > 0) {
            target.put(head, (int) position, known);
        }
        target.put(new byte[target.remaining()]);
    }
}
