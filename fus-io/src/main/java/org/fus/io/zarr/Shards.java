package org.fus.io.zarr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.source.ByteSource;

/** Shards of one shape: many inner chunks and an index of where they are. Immutable. */
final class Shards {
    private static final int ENTRY_BYTES = 16;
    private static final long ABSENT = -1;

    private final ZarrCodec.Sharding codec;
    private final int[] shape;
    private final int[] chunkShape;
    private final int[] grid;
    private final int chunks;
    private final int valueBytes;
    private final FillValue fill;
    private final CodecChain chain;

    Shards(SampleType type, List<Integer> shardShape, ZarrCodec.Sharding codec, FillValue fill) {
        if (codec.chunkShape().size() != shardShape.size()) {
            throw new IllegalArgumentException("inner chunks of "
                    + codec.chunkShape().size() + " axes " + codec.chunkShape() + " in shards of " + shardShape);
        }
        ChunkShape.requireSize("inner chunk", codec.chunkShape(), type.bytes());
        if (CodecChain.shards(codec.codecs())) {
            throw CodecChain.nested();
        }
        this.codec = codec;
        this.shape = ChunkShape.ints(shardShape);
        this.chunkShape = ChunkShape.ints(codec.chunkShape());
        this.grid = new int[shape.length];
        long count = 1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] % chunkShape[i] != 0) {
                throw new IllegalArgumentException(
                        "inner chunks of " + codec.chunkShape() + " do not divide shards of " + shardShape + " evenly");
            }
            grid[i] = shape[i] / chunkShape[i];
            count *= grid[i];
        }
        if (count > Integer.MAX_VALUE / ENTRY_BYTES - 1) {
            throw new IllegalArgumentException(count + " inner chunks in a shard are more than an index can hold");
        }
        this.chunks = (int) count;
        this.valueBytes = type.bytes();
        this.fill = fill;
        this.chain = CodecChain.of(type, codec.chunkShape(), codec.codecs(), fill);
    }

    int[] chunkShape() {
        return chunkShape.clone();
    }

    CodecChain chain() {
        return chain;
    }

    int chunks() {
        return chunks;
    }

    int indexBytes() {
        return chunks * ENTRY_BYTES + (codec.indexChecksum() ? ByteCodecs.CHECKSUM_BYTES : 0);
    }

    /** Where the inner chunks are: offset and size of each in turn, both -1 for one that is not stored. */
    long[] readIndex(ByteSource shard) {
        int size = indexBytes();
        if (size > shard.size()) {
            throw new FusFormatException(
                    shard.name(),
                    "shard index",
                    "the shard of " + shard.size() + " bytes is shorter than its index (expected " + size
                            + "); it may be truncated: copy it again");
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        shard.read(codec.indexAtEnd() ? shard.size() - size : 0, bytes);
        byte[] encoded = bytes.array();
        if (codec.indexChecksum()) {
            encoded = ByteCodecs.decode(
                    new ZarrCodec.Crc32c(), shard.name(), "shard index", encoded, chunks * ENTRY_BYTES, true);
        }
        long[] index = new long[2 * chunks];
        ByteBuffer.wrap(encoded).order(codec.indexOrder()).asLongBuffer().get(index);
        for (int i = 0; i < chunks; i++) {
            long offset = index[2 * i];
            long bytesOfChunk = index[2 * i + 1];
            boolean absent = offset == ABSENT && bytesOfChunk == ABSENT;
            if (!absent && (offset < 0 || bytesOfChunk < 0 || bytesOfChunk > shard.size() - offset)) {
                throw new FusFormatException(
                        shard.name(),
                        "shard index, inner chunk " + i,
                        "expected a place within the " + shard.size() + " bytes of the shard, got "
                                + Long.toUnsignedString(bytesOfChunk) + " bytes at "
                                + Long.toUnsignedString(offset) + "; the shard is damaged: copy it again");
            }
        }
        return index;
    }

    /** One inner chunk, row-major little-endian, when it is stored. */
    Optional<byte[]> readChunk(ByteSource shard, long[] index, int chunk) {
        long offset = index[2 * chunk];
        if (offset == ABSENT) {
            return Optional.empty();
        }
        long size = index[2 * chunk + 1];
        String where = "inner chunk " + chunk + " at byte " + offset;
        chain.requireEncodedSize(shard.name(), where, size);
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        shard.read(offset, bytes);
        return Optional.of(chain.decode(shard.name(), where, bytes.array()));
    }

    /** The number of an inner chunk by its place in the shard. */
    int number(int[] place) {
        int n = 0;
        for (int i = 0; i < place.length; i++) {
            n = n * grid[i] + place[i];
        }
        return n;
    }

    byte[] decode(ByteSource shard) {
        long[] index = readIndex(shard);
        byte[] out =
                fill.repeated(ChunkShape.values(Arrays.stream(shape).boxed().toList()));
        for (int n = 0; n < chunks; n++) {
            int[] start = start(n);
            readChunk(shard, index, n)
                    .ifPresent(chunk -> ChunkShape.copy(
                            chunk, chunkShape, new int[shape.length], out, shape, start, chunkShape, valueBytes));
        }
        return out;
    }

    /** All inner chunks one after the other, those that hold the fill value alone left out, and the index. */
    byte[] encode(byte[] shard) {
        byte[] empty = fill.repeated(chain.chunkBytes() / valueBytes);
        List<byte[]> parts = new ArrayList<>();
        long[] index = new long[2 * chunks];
        long at = codec.indexAtEnd() ? 0 : indexBytes();
        for (int n = 0; n < chunks; n++) {
            byte[] chunk = new byte[chain.chunkBytes()];
            ChunkShape.copy(shard, shape, start(n), chunk, chunkShape, new int[shape.length], chunkShape, valueBytes);
            if (Arrays.equals(chunk, empty)) {
                index[2 * n] = ABSENT;
                index[2 * n + 1] = ABSENT;
                continue;
            }
            byte[] encoded = chain.encode(chunk);
            parts.add(encoded);
            index[2 * n] = at;
            index[2 * n + 1] = encoded.length;
            at += encoded.length;
        }
        parts.add(codec.indexAtEnd() ? parts.size() : 0, encodeIndex(index));
        ByteBuffer out = ByteBuffer.allocate(
                Math.toIntExact(parts.stream().mapToLong(p -> p.length).sum()));
        parts.forEach(out::put);
        return out.array();
    }

    byte[] encodeIndex(long[] index) {
        ByteBuffer bytes = ByteBuffer.allocate(chunks * ENTRY_BYTES).order(codec.indexOrder());
        bytes.asLongBuffer().put(index);
        return codec.indexChecksum() ? ByteCodecs.encode(new ZarrCodec.Crc32c(), bytes.array()) : bytes.array();
    }

    private int[] start(int number) {
        int[] start = new int[shape.length];
        int rest = number;
        for (int i = shape.length - 1; i >= 0; i--) {
            start[i] = rest % grid[i] * chunkShape[i];
            rest /= grid[i];
        }
        return start;
    }
}
