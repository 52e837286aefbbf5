package org.fus.io.zarr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.content.SampleType;

/**
 * What an array is: type, shape, chunks, codecs, attributes. Immutable.
 *
 * @param type of the values
 * @param shape lengths of the axes, the last one varies fastest; empty for a single number
 * @param chunkShape lengths of a chunk, or of a shard when the chunks are sharded
 * @param codecs steps from a chunk to its bytes
 * @param keys how chunks are named
 * @param fill value of chunks that are not stored
 * @param dimensionNames one per axis, empty texts for axes without a name; an empty list when no axis has one
 * @param attributes names and values in order: texts, numbers, booleans, lists and maps of them
 */
public record ZarrMetadata(
        SampleType type,
        List<Long> shape,
        List<Integer> chunkShape,
        List<ZarrCodec> codecs,
        ChunkKeys keys,
        FillValue fill,
        List<String> dimensionNames,
        Map<String, Object> attributes) {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when lengths do not fit together, or the codecs cannot follow each other
     * @throws FusUnsupportedException when a chunk is larger than 2 GiB
     */
    public ZarrMetadata {
        Objects.requireNonNull(type, "type");
        shape = List.copyOf(shape);
        chunkShape = List.copyOf(chunkShape);
        codecs = List.copyOf(codecs);
        Objects.requireNonNull(keys, "keys");
        dimensionNames = List.copyOf(dimensionNames);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        if (chunkShape.size() != shape.size()) {
            throw new IllegalArgumentException("chunks of " + chunkShape.size() + " axes " + chunkShape
                    + " in an array of " + shape.size() + " axes " + shape);
        }
        for (long n : shape) {
            if (n < 0) {
                throw new IllegalArgumentException("shape " + shape + ": a length cannot be negative");
            }
        }
        if (!dimensionNames.isEmpty() && dimensionNames.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "dimension names " + dimensionNames + " for an array of " + shape.size() + " axes");
        }
        if (fill.bytes().length != type.bytes()) {
            throw new IllegalArgumentException("fill value " + fill + " for values of " + type.bytes() + " bytes");
        }
        ChunkShape.requireSize("chunk", chunkShape, type.bytes());
        CodecChain.of(type, chunkShape, codecs, fill);
    }

    /**
     * An array of plain little-endian chunks, filled with zeros, without names or attributes.
     *
     * @param type of the values
     * @param shape lengths of the axes
     * @param chunkShape lengths of a chunk
     * @return the metadata
     */
    public static ZarrMetadata of(SampleType type, List<Long> shape, List<Integer> chunkShape) {
        return new ZarrMetadata(
                type,
                shape,
                chunkShape,
                List.of(ZarrCodec.Bytes.LITTLE_ENDIAN),
                ChunkKeys.DEFAULT,
                FillValue.zero(type),
                List.of(),
                Map.of());
    }

    /**
     * The same with another shape.
     *
     * @param lengths of the axes
     * @return a changed copy
     */
    public ZarrMetadata withShape(List<Long> lengths) {
        return new ZarrMetadata(type, lengths, chunkShape, codecs, keys, fill, dimensionNames, attributes);
    }

    /**
     * The same with other codecs.
     *
     * @param steps from a chunk to its bytes
     * @return a changed copy
     */
    public ZarrMetadata withCodecs(ZarrCodec... steps) {
        return new ZarrMetadata(type, shape, chunkShape, List.of(steps), keys, fill, dimensionNames, attributes);
    }

    /**
     * The same with other names of chunks.
     *
     * @param names how chunks are named
     * @return a changed copy
     */
    public ZarrMetadata withKeys(ChunkKeys names) {
        return new ZarrMetadata(type, shape, chunkShape, codecs, names, fill, dimensionNames, attributes);
    }

    /**
     * The same with another fill value.
     *
     * @param value of chunks that are not stored
     * @return a changed copy
     */
    public ZarrMetadata withFill(FillValue value) {
        return new ZarrMetadata(type, shape, chunkShape, codecs, keys, value, dimensionNames, attributes);
    }

    /**
     * The same with names of axes.
     *
     * @param names one per axis
     * @return a changed copy
     */
    public ZarrMetadata withDimensionNames(String... names) {
        return new ZarrMetadata(type, shape, chunkShape, codecs, keys, fill, List.of(names), attributes);
    }

    /**
     * The same with other attributes.
     *
     * @param values names and values in order
     * @return a changed copy
     */
    public ZarrMetadata withAttributes(Map<String, ?> values) {
        return new ZarrMetadata(
                type, shape, chunkShape, codecs, keys, fill, dimensionNames, new LinkedHashMap<>(values));
    }

    /**
     * The shape of the chunks that are read and decoded as one: inner chunks when the chunks are sharded.
     *
     * @return lengths, one per axis
     */
    public List<Integer> readChunkShape() {
        for (ZarrCodec codec : codecs) {
            if (codec instanceof ZarrCodec.Sharding s) {
                return s.chunkShape();
            }
        }
        return chunkShape;
    }

    /**
     * The largest chunk of at most some bytes that divides a block evenly: leading axes are cut first, so that a chunk is a
     * contiguous part of the block.
     *
     * @param block lengths of the block, each at least 1
     * @param valueBytes bytes of one value
     * @param maxBytes the most that a chunk may have, at least {@code valueBytes}
     * @return lengths of the chunk, each a divisor of that of the block
     */
    public static List<Integer> dividingChunk(List<Integer> block, int valueBytes, int maxBytes) {
        List<Integer> chunk = new ArrayList<>(block);
        for (int axis = 0; axis < chunk.size(); axis++) {
            long rest = valueBytes;
            for (int i = axis + 1; i < chunk.size(); i++) {
                rest = Math.multiplyExact(rest, (long) chunk.get(i));
            }
            int n = block.get(axis);
            int part = n;
            while (part > 1 && (n % part != 0 || part * rest > maxBytes)) {
                part--;
            }
            chunk.set(axis, part);
            if (part * rest <= maxBytes) {
                break;
            }
        }
        return chunk;
    }
}
