package org.fus.io.zarr;

import java.util.Optional;
import java.util.stream.LongStream;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;

/** Where the inner chunks of a shard begin and end, for programs that store or send the chunks as they are. */
public final class ShardBorders {
    private ShardBorders() {}

    /**
     * Reads the borders of a shard from its index.
     *
     * @param array the array to which the shard belongs
     * @param shard its bytes
     * @return byte offsets, rising, greater than 0 and less than the size of the shard; nothing when the chunks of the array
     *     are not sharded
     * @throws FusFormatException when the index is damaged
     */
    public static Optional<long[]> of(ZarrMetadata array, ByteSource shard) {
        if (array.codecs().size() != 1 || !(array.codecs().getFirst() instanceof ZarrCodec.Sharding sharding)) {
            return Optional.empty();
        }
        Shards shards = new Shards(array.type(), array.chunkShape(), sharding, array.fill());
        long[] index = shards.readIndex(shard);
        LongStream.Builder borders = LongStream.builder();
        for (int i = 0; i < index.length; i += 2) {
            if (index[i] >= 0) {
                borders.add(index[i]).add(index[i] + index[i + 1]);
            }
        }
        long size = shard.size();
        return Optional.of(borders.build()
                .filter(b -> b > 0 && b < size)
                .sorted()
                .distinct()
                .toArray());
    }
}
