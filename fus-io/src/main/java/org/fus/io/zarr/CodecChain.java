package org.fus.io.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.content.SampleType;
import org.fus.io.source.Heap;
import org.fus.io.source.MemorySource;

/** The codecs of one kind of chunk, checked to follow each other, with the sizes that they allow. Immutable. */
final class CodecChain {
    private final int valueBytes;
    private final int partBytes;
    private final int[] shape;
    private final int chunkBytes;
    private final List<int[]> orders;
    private final ByteOrder byteOrder;
    private final Shards shards;
    private final List<ZarrCodec> byteCodecs;

    private CodecChain(
            SampleType type,
            List<Integer> shape,
            List<int[]> orders,
            ByteOrder byteOrder,
            Shards shards,
            List<ZarrCodec> byteCodecs) {
        this.valueBytes = type.bytes();
        this.partBytes = type.partBytes();
        this.shape = ChunkShape.ints(shape);
        this.chunkBytes = ChunkShape.values(shape) * valueBytes;
        this.orders = orders;
        this.byteOrder = byteOrder;
        this.shards = shards;
        this.byteCodecs = byteCodecs;
    }

    /** Any number of transpositions, then {@code bytes} or {@code sharding_indexed}, then any number of steps on bytes. */
    static CodecChain of(SampleType type, List<Integer> chunkShape, List<ZarrCodec> codecs, FillValue fill) {
        List<int[]> orders = new ArrayList<>();
        List<Integer> shape = chunkShape;
        int i = 0;
        for (; i < codecs.size() && codecs.get(i) instanceof ZarrCodec.Transpose t; i++) {
            if (t.order().size() != chunkShape.size()) {
                throw new IllegalArgumentException(
                        "transpose order " + t.order() + " for chunks of " + chunkShape.size() + " axes");
            }
            orders.add(ChunkShape.ints(t.order()));
            shape = t.order().stream().map(shape::get).toList();
        }
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        Shards shards = null;
        switch (i < codecs.size() ? codecs.get(i) : null) {
            case ZarrCodec.Bytes b -> order = b.order();
            case ZarrCodec.Sharding s -> shards = new Shards(type, shape, s, fill);
            case null, default ->
                throw new IllegalArgumentException("codecs " + ids(codecs)
                        + ": expected bytes or sharding_indexed once, after any transpose and before the others");
        }
        List<ZarrCodec> rest = codecs.subList(i + 1, codecs.size());
        for (ZarrCodec codec : rest) {
            if (!(codec instanceof ZarrCodec.Gzip
                    || codec instanceof ZarrCodec.Zstd
                    || codec instanceof ZarrCodec.Crc32c)) {
                throw new IllegalArgumentException("codecs " + ids(codecs) + ": " + codec.id()
                        + " cannot follow bytes or sharding_indexed (expected gzip, zstd or crc32c)");
            }
        }
        return new CodecChain(type, chunkShape, orders, order, shards, List.copyOf(rest));
    }

    static boolean shards(List<ZarrCodec> codecs) {
        return codecs.stream().anyMatch(ZarrCodec.Sharding.class::isInstance);
    }

    /** Bytes of a decoded chunk. */
    int chunkBytes() {
        return chunkBytes;
    }

    /** The shards, when their inner chunks can be read one by one because nothing else is done to a shard. */
    Optional<Shards> partialShards() {
        return orders.isEmpty() && byteCodecs.isEmpty() ? Optional.ofNullable(shards) : Optional.empty();
    }

    /** Whether a stored chunk is just its values, so that rows of it can be read alone. */
    boolean isPlain() {
        return shards == null && orders.isEmpty() && byteCodecs.isEmpty();
    }

    /** Stored values of a plain chunk, or of some rows of it, as little-endian values. */
    byte[] plain(byte[] stored) {
        return littleEndian(stored);
    }

    /** Bytes of an encoded chunk when no step compresses it, otherwise -1. */
    long fixedBytes() {
        if (shards != null) {
            return -1;
        }
        long bytes = chunkBytes;
        for (ZarrCodec codec : byteCodecs) {
            if (!(codec instanceof ZarrCodec.Crc32c)) {
                return -1;
            }
            bytes += ByteCodecs.CHECKSUM_BYTES;
        }
        return bytes;
    }

    /** Refuses, before anything is allocated, an encoded chunk that cannot hold what the metadata says. */
    void requireEncodedSize(String file, String where, long encoded) {
        long fixed = fixedBytes();
        if (fixed >= 0 && encoded != fixed) {
            throw new FusFormatException(
                    file,
                    where,
                    "expected " + fixed + " bytes by the metadata, got " + encoded
                            + "; it may be truncated or damaged: copy it again");
        }
        if (fixed < 0 && encoded > limit()) {
            throw new FusFormatException(
                    file,
                    where,
                    encoded + " encoded bytes for a chunk of " + chunkBytes
                            + " bytes, which no encoder makes; it may be damaged: copy it again");
        }
        if (fixed < 0 && shards == null && chunkBytes > encoded * ByteCodecs.MAX_RATIO) {
            throw new FusFormatException(
                    file,
                    where,
                    encoded + " encoded bytes cannot hold a chunk of " + chunkBytes
                            + " bytes; it may be truncated or damaged: copy it again");
        }
        Heap.require(file, encoded + 2L * chunkBytes);
    }

    /** Turns encoded bytes into row-major little-endian values. */
    byte[] decode(String file, String where, byte[] encoded) {
        requireEncodedSize(file, where, encoded.length);
        byte[] bytes = encoded;
        for (int i = byteCodecs.size() - 1; i >= 0; i--) {
            // The first step on bytes gives the size of the chunk; what stands between steps has a bound only.
            boolean exact = i == 0 && shards == null;
            bytes = ByteCodecs.decode(byteCodecs.get(i), file, where, bytes, exact ? chunkBytes : (int) limit(), exact);
        }
        byte[] values = shards == null ? littleEndian(bytes) : shards.decode(MemorySource.wrap(file, bytes));
        for (int i = orders.size() - 1; i >= 0; i--) {
            values = ChunkShape.transpose(values, shapeAfter(i + 1), inverse(orders.get(i)), valueBytes);
        }
        return values;
    }

    /** Turns row-major little-endian values into encoded bytes. */
    byte[] encode(byte[] values) {
        byte[] bytes = values;
        for (int i = 0; i < orders.size(); i++) {
            bytes = ChunkShape.transpose(bytes, shapeAfter(i), orders.get(i), valueBytes);
        }
        bytes = shards == null ? littleEndian(bytes) : shards.encode(bytes);
        for (ZarrCodec codec : byteCodecs) {
            bytes = ByteCodecs.encode(codec, bytes);
        }
        return bytes;
    }

    /** The most bytes between steps: encoders add little, a shard has an index and may have gaps. */
    private long limit() {
        long index = shards == null ? 0 : shards.indexBytes();
        return Math.min(Integer.MAX_VALUE - 8L, 2L * chunkBytes + index + 4096);
    }

    private int[] shapeAfter(int transpositions) {
        int[] now = shape;
        for (int i = 0; i < transpositions; i++) {
            int[] next = new int[now.length];
            for (int k = 0; k < next.length; k++) {
                next[k] = now[orders.get(i)[k]];
            }
            now = next;
        }
        return now;
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** Swaps the bytes of each number when they are stored big-endian; its own inverse. */
    private byte[] littleEndian(byte[] bytes) {
        if (byteOrder.equals(ByteOrder.LITTLE_ENDIAN) || partBytes == 1) {
            return bytes;
        }
        byte[] out = bytes.clone();
        ByteBuffer b = ByteBuffer.wrap(out);
        for (int i = 0; i < out.length; i += partBytes) {
            switch (partBytes) {
                case 2 -> b.putShort(i, Short.reverseBytes(b.getShort(i)));
                case 4 -> b.putInt(i, Integer.reverseBytes(b.getInt(i)));
                default -> b.putLong(i, Long.reverseBytes(b.getLong(i)));
            }
        }
        return out;
    }

    private static List<String> ids(List<ZarrCodec> codecs) {
        return codecs.stream().map(ZarrCodec::id).toList();
    }

    static FusUnsupportedException nested() {
        return new FusUnsupportedException(
                "codecs: sharding_indexed within sharding_indexed is not supported; rewrite the array with one level");
    }
}
