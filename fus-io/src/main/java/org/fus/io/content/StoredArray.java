package org.fus.io.content;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.error.FusStorageException;
import org.fus.io.source.ByteSource;

/** A row-major array of numbers in a byte source, read in parts. Immutable. */
public final class StoredArray {
    /** Below this, reading costs less than mapping. */
    private static final long MAP_BYTES = 1L << 20;

    private final SampleType type;
    private final List<Long> shape;
    private final ByteOrder order;
    private final ByteSource source;
    private final long offset;
    private final long size;

    /**
     * A view over bytes.
     *
     * @param type type of the values
     * @param shape lengths of the axes, the last one varies fastest; empty for a single number
     * @param order byte order of the values
     * @param source holds the bytes
     * @param offset first byte of the first value
     * @throws IllegalArgumentException when the source is too short
     */
    public StoredArray(SampleType type, List<Long> shape, ByteOrder order, ByteSource source, long offset) {
        this.type = Objects.requireNonNull(type, "type");
        this.shape = List.copyOf(shape);
        this.order = Objects.requireNonNull(order, "order");
        this.source = source;
        this.offset = offset;
        this.size = shape.contains(0L) ? 0 : shape.stream().reduce(1L, Math::multiplyExact);
        Objects.checkFromIndexSize(offset, Math.multiplyExact(size, (long) type.bytes()), source.size());
    }

    /**
     * The type of the values.
     *
     * @return as stored
     */
    public SampleType type() {
        return type;
    }

    /**
     * The lengths of the axes.
     *
     * @return the last one varies fastest
     */
    public List<Long> shape() {
        return shape;
    }

    /**
     * The number of values.
     *
     * @return the product of the shape
     */
    public long size() {
        return size;
    }

    /**
     * The same values with other axes.
     *
     * @param other lengths of the axes; their product is {@link #size}
     * @return a view
     */
    public StoredArray reshaped(List<Long> other) {
        StoredArray view = new StoredArray(type, other, order, source, offset);
        if (view.size != size) {
            throw new IllegalArgumentException("shape " + other + " does not have the values of " + shape);
        }
        return view;
    }

    /**
     * Copies values. Exact, save for 64-bit integers beyond 2^53.
     *
     * @param first index of the first value in row-major order
     * @param count number of values
     * @return the values; complex ones as (re, im), so twice as many
     */
    public double[] doubles(long first, int count) {
        if (type == SampleType.FLOAT64 || type == SampleType.COMPLEX128) {
            Objects.checkFromIndexSize(first, (long) count, size);
            double[] out = new double[Math.multiplyExact(count, type.parts())];
            copyFloat64(first, out);
            return out;
        }
        ByteBuffer bytes = ByteBuffer.wrap(raw(first, count)).order(order);
        double[] out = new double[Math.multiplyExact(count, type.parts())];
        for (int i = 0; i < out.length; i++) {
            out[i] = type.next(bytes);
        }
        return out;
    }

    /** One copy, out of mapped memory where the source offers it. */
    private void copyFloat64(long first, double[] out) {
        long start = offset + first * type.bytes();
        long bytes = (long) out.length * Double.BYTES;
        Optional<MemorySegment> mapped = bytes < MAP_BYTES ? Optional.empty() : source.map(start, bytes);
        if (mapped.isEmpty()) {
            ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(out.length, Double.BYTES))
                    .order(order);
            source.read(start, raw);
            raw.flip().asDoubleBuffer().get(out);
            return;
        }
        try {
            MemorySegment.copy(mapped.get(), ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), 0, out, 0, out.length);
        } catch (InternalError e) {
            // What the system reports when the pages of a mapped file cannot be read: it was cut, or its disk failed.
            throw new FusStorageException(
                    source.name(), "read", "the file was cut while it was being read; read it again", true, e);
        }
    }

    /**
     * Copies values in single precision, as {@link #doubles} rounded to the nearest.
     *
     * @param first index of the first value in row-major order
     * @param count number of values
     * @return the values; complex ones as (re, im), so twice as many
     */
    public float[] floats(long first, int count) {
        ByteBuffer bytes = ByteBuffer.wrap(raw(first, count)).order(order);
        float[] out = new float[Math.multiplyExact(count, type.parts())];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) type.next(bytes);
        }
        return out;
    }

    /**
     * Copies the bytes of values as stored.
     *
     * @param first index of the first value in row-major order
     * @param count number of values
     * @return bytes in the byte order of the values
     */
    public byte[] raw(long first, int count) {
        Objects.checkFromIndexSize(first, (long) count, size);
        byte[] bytes = new byte[Math.multiplyExact(count, type.bytes())];
        source.read(offset + first * type.bytes(), ByteBuffer.wrap(bytes));
        return bytes;
    }

    /**
     * Copies the bytes of a range as stored.
     *
     * @param offset first index along each axis; the range was checked
     * @param count length along each axis
     * @return bytes of the values in row-major order, in their byte order
     */
    public byte[] raw(long[] offset, int[] count) {
        // Axes behind the last one that is cut are read in one go.
        int cut = count.length - 1;
        int run = 1;
        while (cut >= 0 && count[cut] == shape.get(cut)) {
            run *= count[cut--];
        }
        if (cut >= 0) {
            run *= count[cut];
        }
        byte[] out = new byte[Arrays.stream(count).reduce(type.bytes(), Math::multiplyExact)];
        int runBytes = run * type.bytes();
        int[] index = new int[count.length];
        for (int to = 0; to < out.length; to += runBytes) {
            long from = 0;
            for (int a = 0; a < count.length; a++) {
                from = from * shape.get(a) + offset[a] + index[a];
            }
            Objects.checkFromIndexSize(from, (long) run, size);
            source.read(this.offset + from * type.bytes(), ByteBuffer.wrap(out, to, runBytes));
            for (int a = cut - 1; a >= 0 && ++index[a] == count[a]; a--) {
                index[a] = 0;
            }
        }
        return out;
    }

    /**
     * Copies the bytes of values, the lowest byte of each number first.
     *
     * @param first index of the first value in row-major order
     * @param count number of values
     * @return little-endian bytes
     */
    public byte[] littleEndian(long first, int count) {
        byte[] bytes = raw(first, count);
        int size = type.partBytes();
        if (order == ByteOrder.BIG_ENDIAN && size > 1) {
            for (int i = 0; i < bytes.length; i += size) {
                for (int a = i, b = i + size - 1; a < b; a++, b--) {
                    byte t = bytes[a];
                    bytes[a] = bytes[b];
                    bytes[b] = t;
                }
            }
        }
        return bytes;
    }

    /**
     * The byte order of the values.
     *
     * @return as stored
     */
    public ByteOrder order() {
        return order;
    }
}
