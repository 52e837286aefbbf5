package org.fus.io.zarr;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/** One step between a chunk of values and its bytes, in the order of encoding. */
public sealed interface ZarrCodec {
    /**
     * The name in metadata.
     *
     * @return such as {@code gzip}
     */
    String id();

    /**
     * Values one after the other.
     *
     * @param order byte order of each number
     */
    record Bytes(ByteOrder order) implements ZarrCodec {
        /** Least significant byte first. */
        public static final Bytes LITTLE_ENDIAN = new Bytes(ByteOrder.LITTLE_ENDIAN);

        /** Checks. */
        public Bytes {
            Objects.requireNonNull(order, "order");
        }

        @Override
        public String id() {
            return "bytes";
        }
    }

    /**
     * Axes in another order.
     *
     * @param order axis {@code i} of the encoded chunk is axis {@code order.get(i)} of the chunk
     */
    record Transpose(List<Integer> order) implements ZarrCodec {
        /** Checks that each axis stands there once. */
        public Transpose {
            order = List.copyOf(order);
            for (int i = 0; i < order.size(); i++) {
                if (!order.contains(i)) {
                    throw new IllegalArgumentException("transpose order " + order + ": expected each axis from 0 to "
                            + (order.size() - 1) + " once");
                }
            }
        }

        @Override
        public String id() {
            return "transpose";
        }
    }

    /**
     * Deflate with a checksum.
     *
     * @param level 0 to 9
     */
    record Gzip(int level) implements ZarrCodec {
        /** Checks the level. */
        public Gzip {
            if (level < 0 || level > 9) {
                throw new IllegalArgumentException("gzip level " + level + ", expected 0 to 9");
            }
        }

        @Override
        public String id() {
            return "gzip";
        }
    }

    /**
     * Zstandard.
     *
     * @param level kept in the metadata; the compressor used here has one level, about that of 3
     * @param checksum whether the frame ends in a checksum; kept likewise, and added by the compressor always
     */
    record Zstd(int level, boolean checksum) implements ZarrCodec {
        /** The level of the compressor that is used here. */
        public static final Zstd DEFAULT = new Zstd(3, true);

        /** Checks the level. */
        public Zstd {
            if (level < -131_072 || level > 22) {
                throw new IllegalArgumentException("zstd level " + level + ", expected -131072 to 22");
            }
        }

        @Override
        public String id() {
            return "zstd";
        }
    }

    /** Four bytes at the end that find damage. */
    record Crc32c() implements ZarrCodec {
        @Override
        public String id() {
            return "crc32c";
        }
    }

    /**
     * Many small chunks in one value, with an index of where they are.
     *
     * @param chunkShape lengths of an inner chunk; each divides that of the shard
     * @param codecs steps of an inner chunk
     * @param indexOrder byte order of the index
     * @param indexChecksum whether the index ends in a crc32c
     * @param indexAtEnd whether the index stands at the end of the shard, otherwise at its start
     */
    record Sharding(
            List<Integer> chunkShape,
            List<ZarrCodec> codecs,
            ByteOrder indexOrder,
            boolean indexChecksum,
            boolean indexAtEnd)
            implements ZarrCodec {
        /** Copies. */
        public Sharding {
            chunkShape = List.copyOf(chunkShape);
            codecs = List.copyOf(codecs);
            Objects.requireNonNull(indexOrder, "indexOrder");
        }

        /**
         * Inner chunks with an index as this library writes it: at the end, little-endian, with a crc32c.
         *
         * @param chunkShape lengths of an inner chunk
         * @param codecs steps of an inner chunk
         * @return the codec
         */
        public static Sharding of(List<Integer> chunkShape, List<ZarrCodec> codecs) {
            return new Sharding(chunkShape, codecs, ByteOrder.LITTLE_ENDIAN, true, true);
        }

        @Override
        public String id() {
            return "sharding_indexed";
        }
    }
}
