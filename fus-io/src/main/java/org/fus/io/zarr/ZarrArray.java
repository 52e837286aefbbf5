package org.fus.io.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/**
 * An array of a Zarr store. Reading a part fetches and decodes only the chunks, and of sharded arrays only the inner chunks,
 * that it touches. The metadata are read once; the value is immutable and safe for use by many threads, while writing the
 * same chunk from two threads is not.
 */
public final class ZarrArray {
    /** Far above any real array; looking each of more chunks up would not end. */
    private static final long MAX_CHUNKS = 10_000_000;

    private final ByteFolder store;
    private final String path;
    private final ZarrMetadata metadata;
    private final CodecChain chain;
    private final int[] chunkShape;
    private final int valueBytes;

    ZarrArray(ByteFolder store, String path, ZarrMetadata metadata) {
        this.store = store;
        this.path = path;
        this.metadata = metadata;
        this.chain = CodecChain.of(metadata.type(), metadata.chunkShape(), metadata.codecs(), metadata.fill());
        this.chunkShape = ChunkShape.ints(metadata.chunkShape());
        this.valueBytes = metadata.type().bytes();
    }

    /**
     * Opens an array.
     *
     * @param store where it is
     * @param path of the array in the store; empty for the root
     * @return the array
     * @throws FusFormatException when there is no array, or its metadata are damaged
     * @throws org.fus.core.error.FusUnsupportedFormatException when the metadata demand what this version does not do
     * @throws org.fus.core.error.FusStorageException when the store cannot be read
     */
    public static ZarrArray open(ByteFolder store, String path) {
        MetadataDocument document = MetadataDocument.read(ZarrGroup.document(store, path));
        if (!document.isArray()) {
            throw new FusFormatException(
                    store.name(), ZarrJson.documentKey(path), "expected an array, got a group; name one of its arrays");
        }
        return new ZarrArray(store, path, document.array());
    }

    /**
     * Creates an array without stored chunks. The metadata are durable when this returns.
     *
     * @param store where it goes
     * @param path of the array; empty for the root
     * @param metadata what it is
     * @return the array
     * @throws org.fus.core.error.FusStorageException when the metadata cannot be written
     */
    public static ZarrArray create(ZarrStore store, String path, ZarrMetadata metadata) {
        ZarrArray array = new ZarrArray(store, path, metadata);
        store.put(ZarrJson.documentKey(path), ZarrJson.filler(MetadataDocument.array(metadata)));
        return array;
    }

    /**
     * What the array is.
     *
     * @return type, shape, chunks, attributes
     */
    public ZarrMetadata metadata() {
        return metadata;
    }

    /**
     * Copies a box of values.
     *
     * @param start first index on each axis
     * @param count number of values on each axis
     * @return row-major little-endian values
     * @throws IndexOutOfBoundsException when the box does not lie within the array
     * @throws FusFormatException when a chunk is damaged
     * @throws org.fus.core.error.FusStorageException when the store cannot be read
     */
    public byte[] read(long[] start, int[] count) {
        requireBox(start, count);
        long bytes = valueBytes;
        for (int n : count) {
            bytes = Math.multiplyExact(bytes, (long) n);
        }
        Heap.require(store.name(), bytes);
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "box of " + Arrays.toString(count) + " values is larger than 2 GiB; read it in parts");
        }
        byte[] out = metadata.fill().repeated((int) (bytes / valueBytes));
        BoxTiles.forEach(
                start,
                count,
                chunkShape,
                (place, inChunk, inBox, box) ->
                        chunk(place).ifPresent(source -> readChunk(source, inChunk, box, out, count, inBox)));
        return out;
    }

    /**
     * Copies a box of numbers, exactly, save for 64-bit integers beyond 2^53.
     *
     * @param start first index on each axis
     * @param count number of values on each axis
     * @return row-major numbers; complex ones as (re, im)
     * @throws FusFormatException as {@link #read}
     */
    public double[] readDoubles(long[] start, int[] count) {
        byte[] values = read(start, count);
        int n = values.length / valueBytes;
        return new StoredArray(
                        metadata.type(),
                        List.of((long) n),
                        ByteOrder.LITTLE_ENDIAN,
                        org.fus.io.source.MemorySource.wrap(store.name(), values),
                        0)
                .doubles(0, n);
    }

    /**
     * Writes a box of values. Chunks that it covers in part are read, changed and written again; each chunk is durable, all
     * or nothing, when this returns.
     *
     * @param start first index on each axis
     * @param count number of values on each axis
     * @param values row-major little-endian values
     * @throws IndexOutOfBoundsException when the box does not lie within the array
     * @throws IllegalArgumentException when the number of bytes is not that of the box
     * @throws org.fus.core.error.FusStorageException when the store cannot be written
     */
    public void write(long[] start, int[] count, byte[] values) {
        ZarrStore target = writable();
        requireBox(start, count);
        long bytes = valueBytes;
        for (int n : count) {
            bytes = Math.multiplyExact(bytes, (long) n);
        }
        if (bytes != values.length) {
            throw new IllegalArgumentException("box of " + Arrays.toString(count) + " values of " + valueBytes
                    + " bytes needs " + bytes + " bytes, got " + values.length);
        }
        BoxTiles.forEach(start, count, chunkShape, (place, inChunk, inBox, box) -> {
            boolean whole = Arrays.equals(box, chunkShape);
            byte[] chunk = chunk(place)
                    .filter(s -> !whole)
                    .map(this::decode)
                    .orElseGet(() -> metadata.fill().repeated(chain.chunkBytes() / valueBytes));
            ChunkShape.copy(values, count, inBox, chunk, chunkShape, inChunk, box, valueBytes);
            byte[] encoded = chain.encode(chunk);
            target.put(key(place), file -> file.write(0, ByteBuffer.wrap(encoded)));
        });
    }

    /**
     * Appends values along the first axis: first the chunks, then the metadata with the new length, so that a reader sees all
     * of it or nothing.
     *
     * @param values whole rows, row-major little-endian
     * @return the longer array
     * @throws IllegalArgumentException when the bytes are no whole number of rows
     * @throws org.fus.core.error.FusStorageException when the store cannot be written; the array is then as it was
     */
    public ZarrArray append(byte[] values) {
        if (metadata.shape().isEmpty()) {
            throw new IllegalArgumentException("an array without axes cannot be appended to");
        }
        int[] count = new int[metadata.shape().size()];
        long rowBytes = valueBytes;
        for (int i = 1; i < count.length; i++) {
            count[i] = Math.toIntExact(metadata.shape().get(i));
            rowBytes = Math.multiplyExact(rowBytes, (long) count[i]);
        }
        if (rowBytes == 0 || values.length % rowBytes != 0) {
            throw new IllegalArgumentException(values.length + " bytes are no whole number of rows of " + rowBytes);
        }
        count[0] = (int) (values.length / rowBytes);
        long length = metadata.shape().getFirst();
        List<Long> shape = new ArrayList<>(metadata.shape());
        shape.set(0, Math.addExact(length, (long) count[0]));
        ZarrArray longer = new ZarrArray(store, path, metadata.withShape(shape));
        long[] start = new long[count.length];
        start[0] = length;
        longer.write(start, count, values);
        return create(writable(), path, longer.metadata);
    }

    /**
     * Reads and decodes every stored chunk, so that checksums and sizes are tested.
     *
     * @return what is wrong, in words; empty when all is well
     */
    public List<String> verify() {
        List<String> problems = new ArrayList<>();
        long[] place = new long[chunkShape.length];
        if (metadata.shape().contains(0L)) {
            return problems;
        }
        double chunks = 1;
        for (int i = 0; i < place.length; i++) {
            chunks *= Math.ceil((double) metadata.shape().get(i) / chunkShape[i]);
        }
        if (chunks > MAX_CHUNKS) {
            return List.of(
                    name() + ": " + chunks + " chunks, expected at most " + MAX_CHUNKS + "; the shape may be damaged");
        }
        do {
            problems.addAll(verifyChunk(place));
        } while (next(place));
        return problems;
    }

    /**
     * Reads and decodes all that is stored of one chunk or shard.
     *
     * @param place of the chunk in the grid
     * @return what is wrong, in words; empty when all is well, or nothing is stored
     */
    public List<String> verifyChunk(long... place) {
        Optional<ByteSource> stored = chunk(place);
        List<String> problems = new ArrayList<>();
        if (stored.isEmpty()) {
            return problems;
        }
        ByteSource source = stored.get();
        try {
            if (chain.partialShards().isEmpty()) {
                decode(source);
                return problems;
            }
            Shards shards = chain.partialShards().get();
            long[] index = shards.readIndex(source);
            for (int n = 0; n < shards.chunks(); n++) {
                try {
                    shards.readChunk(source, index, n);
                } catch (FusFormatException e) {
                    problems.add(e.getMessage());
                }
            }
        } catch (FusFormatException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    /**
     * Reads the index of a stored shard.
     *
     * @param place of the shard in the grid
     * @throws FusFormatException when it is stored and its index is damaged
     */
    public void requireIndex(long... place) {
        chain.partialShards().ifPresent(shards -> chunk(place).ifPresent(shards::readIndex));
    }

    /**
     * The bytes of a chunk or shard as they are stored.
     *
     * @param place of the chunk in the grid
     * @return the bytes, when it is stored
     */
    public Optional<ByteSource> chunk(long... place) {
        return store.file(key(place));
    }

    /**
     * The values as bytes at positions, row-major and little-endian.
     *
     * @return a view; reading it decodes the chunks it touches
     */
    public ByteSource bytes() {
        return new ArrayBytes(this);
    }

    String name() {
        return path.isEmpty() ? store.name() : store.name() + "/" + path;
    }

    private void readChunk(ByteSource source, int[] inChunk, int[] box, byte[] out, int[] count, int[] inBox) {
        if (chain.partialShards().isPresent()) {
            readShard(chain.partialShards().get(), source, inChunk, box, out, count, inBox);
        } else if (chain.isPlain() && box.length > 0) {
            chain.requireEncodedSize(source.name(), "chunk", source.size());
            int rowBytes = chain.chunkBytes() / chunkShape[0];
            ByteBuffer rows = ByteBuffer.allocate(box[0] * rowBytes);
            source.read((long) inChunk[0] * rowBytes, rows);
            int[] shape = chunkShape.clone();
            int[] from = inChunk.clone();
            shape[0] = box[0];
            from[0] = 0;
            ChunkShape.copy(chain.plain(rows.array()), shape, from, out, count, inBox, box, valueBytes);
        } else {
            ChunkShape.copy(decode(source), chunkShape, inChunk, out, count, inBox, box, valueBytes);
        }
    }

    private void readShard(
            Shards shards, ByteSource source, int[] inShard, int[] box, byte[] out, int[] count, int[] inBox) {
        long[] index = shards.readIndex(source);
        int[] inner = shards.chunkShape();
        long[] first = Arrays.stream(inShard).asLongStream().toArray();
        BoxTiles.forEach(first, box, inner, (place, inChunk, inPart, part) -> {
            int number =
                    shards.number(Arrays.stream(place).mapToInt(p -> (int) p).toArray());
            shards.readChunk(source, index, number).ifPresent(chunk -> {
                int[] target = new int[part.length];
                for (int i = 0; i < target.length; i++) {
                    target[i] = inBox[i] + inPart[i];
                }
                ChunkShape.copy(chunk, inner, inChunk, out, count, target, part, valueBytes);
            });
        });
    }

    private byte[] decode(ByteSource source) {
        chain.requireEncodedSize(source.name(), "chunk", source.size());
        ByteBuffer bytes = ByteBuffer.allocate((int) source.size());
        source.read(0, bytes);
        return chain.decode(source.name(), "chunk", bytes.array());
    }

    private String key(long... place) {
        String chunk = metadata.keys().key(place);
        return path.isEmpty() ? chunk : path + "/" + chunk;
    }

    private boolean next(long[] place) {
        for (int i = place.length - 1; i >= 0; i--) {
            if (++place[i] * chunkShape[i] < metadata.shape().get(i)) {
                return true;
            }
            place[i] = 0;
        }
        return false;
    }

    private ZarrStore writable() {
        if (store instanceof ZarrStore w) {
            return w;
        }
        throw new FusUnsupportedException(store.name() + ": this store can only be read; write to a folder");
    }

    private void requireBox(long[] start, int[] count) {
        List<Long> shape = metadata.shape();
        if (start.length != shape.size() || count.length != shape.size()) {
            throw new IllegalArgumentException("box of " + start.length + " and " + count.length
                    + " axes (start, count) in an array of " + shape.size() + " axes");
        }
        for (int i = 0; i < start.length; i++) {
            Objects.checkFromIndexSize(start[i], (long) count[i], shape.get(i));
        }
    }
}
