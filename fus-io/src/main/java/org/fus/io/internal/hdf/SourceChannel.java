package org.fus.io.internal.hdf;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;

/**
 * A byte source as the channel that the HDF5 library wants. Small reads, of which the library makes thousands, come from
 * blocks that are kept. What one call of the library may read is limited, so that structures that lead back to themselves
 * end in a failure. The library locks around every use.
 */
final class SourceChannel implements SeekableByteChannel {
    private static final int BLOCK_BYTES = 1 << 13;
    private static final int BLOCKS_KEPT = 256;

    /** A sound structure is read a few times at most, also a small one. */
    private static final long BUDGET_PER_BYTE = 16;

    private static final long BUDGET_BYTES = 8L << 20;

    private final ByteSource source;
    private final Map<Long, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > BLOCKS_KEPT;
        }
    };
    private long position;
    private long budget;

    SourceChannel(ByteSource source) {
        this.source = source;
        renewBudget();
    }

    /** Before each call of the library. */
    void renewBudget() {
        budget = BUDGET_BYTES + Math.min(source.size(), Long.MAX_VALUE / 32) * BUDGET_PER_BYTE;
    }

    @Override
    public int read(ByteBuffer target) {
        if (position < 0 || position >= source.size()) {
            return -1;
        }
        int n = (int) Math.min(target.remaining(), source.size() - position);
        // Reads that bring next to nothing count too: a loop may consist of them.
        budget -= n + 64L;
        if (budget < 0) {
            throw new FusFormatException(
                    source.name(),
                    "HDF5 structure",
                    "leads back to itself (byte " + position
                            + " was reached again and again); the file may be damaged: " + "copy it again");
        }
        if (n >= BLOCK_BYTES) {
            source.read(position, target.slice(target.position(), n));
            target.position(target.position() + n);
            position += n;
            return n;
        }
        for (int left = n; left > 0; ) {
            byte[] block = block(position / BLOCK_BYTES);
            int at = (int) (position % BLOCK_BYTES);
            int part = Math.min(left, block.length - at);
            target.put(block, at, part);
            position += part;
            left -= part;
        }
        return n;
    }

    private byte[] block(long index) {
        return blocks.computeIfAbsent(index, i -> {
            byte[] bytes = new byte[(int) Math.min(BLOCK_BYTES, source.size() - i * BLOCK_BYTES)];
            source.read(i * BLOCK_BYTES, ByteBuffer.wrap(bytes));
            return bytes;
        });
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Nothing to close: the source holds nothing open. */
    @Override
    public void close() {}
}
