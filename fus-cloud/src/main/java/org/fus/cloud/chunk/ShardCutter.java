package org.fus.cloud.chunk;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.fus.io.source.ByteSource;

/** Cuts at known borders, such as those of the inner chunks of a Zarr shard: chunks are stored as they are. */
public final class ShardCutter implements Cutter {
    private final long[] borders;

    /**
     * Takes borders.
     *
     * @param borders byte offsets within the file, rising, without its beginning and its end; a piece that is longer than
     *     {@link Cutter#MAX_CHUNK_BYTES} is cut into pieces of that length
     */
    public ShardCutter(long[] borders) {
        this.borders = Objects.requireNonNull(borders, "borders").clone();
    }

    @Override
    public void cut(ByteSource source, Consumer<byte[]> chunks) {
        long start = 0;
        for (long border : borders) {
            piece(source, start, border, chunks);
            start = border;
        }
        piece(source, start, source.size(), chunks);
    }

    private static void piece(ByteSource source, long start, long end, Consumer<byte[]> chunks) {
        for (long at = start; at < end; at += MAX_CHUNK_BYTES) {
            byte[] chunk = new byte[(int) Math.min(MAX_CHUNK_BYTES, end - at)];
            source.read(at, ByteBuffer.wrap(chunk));
            chunks.accept(chunk);
        }
    }
}
