package org.fus.io.internal.hdf;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.source.Heap;
import org.fus.io.source.MemorySource;

/**
 * A data set of numbers, read in parts: only the bytes or chunks of a part are read. Complex numbers are compounds of two
 * floating-point members. Safe for use by many threads.
 */
public final class HdfArray {
    private final Hdf hdf;
    private final String path;
    private final SampleType type;
    private final ByteOrder order;
    private final List<Long> shape;
    private final Bytes bytes;

    /** Values of a range as stored, in row-major order. */
    interface Bytes {
        /** Fills the target, which has exactly the bytes of the range. */
        void read(long[] offset, int[] count, MemorySegment target);
    }

    private HdfArray(Hdf hdf, String path, SampleType type, ByteOrder order, List<Long> shape, Bytes bytes) {
        this.hdf = hdf;
        this.path = path;
        this.type = type;
        this.order = order;
        this.shape = shape;
        this.bytes = bytes;
    }

    static HdfArray of(Hdf hdf, String path, Dataset d) {
        DataType stored = d.getDataType();
        SampleType type = type(stored)
                .orElseThrow(() -> new FusUnsupportedFormatException(
                        hdf.source().name(), path, "expected numbers, got " + stored));
        List<Long> shape = Arrays.stream(d.getDimensionsAsLong()).boxed().toList();
        long size = 1;
        for (long n : shape) {
            if (n < 0 || (n > 0 && size > (1L << 62) / 16 / n)) {
                throw hdf.failure(path, "impossible shape " + shape + "; the file may be damaged: copy it again");
            }
            size *= n;
        }
        Bytes bytes = bytes(hdf, path, d, type, shape, size);
        return new HdfArray(hdf, path, type, order(stored), shape, bytes);
    }

    private static Bytes bytes(Hdf hdf, String path, Dataset d, SampleType type, List<Long> shape, long size) {
        if (d instanceof ChunkedDataset chunked) {
            return new HdfChunks(hdf, path, chunked, type, shape);
        }
        if (size == 0) {
            return new Rows(new StoredArray(type, shape, ByteOrder.LITTLE_ENDIAN, hdf.source(), 0));
        }
        if (d instanceof ContiguousDataset contiguous) {
            if (contiguous.isEmpty()) {
                throw hdf.failure(path, "expected numbers, got none; is the file complete?");
            }
            long at = d.getHdfFile().getUserBlockSize() + contiguous.getDataAddress();
            long total = size * type.bytes();
            if (at < 0 || total > hdf.source().size() - at) {
                throw hdf.failure(
                        path,
                        "expected " + shape + " values of " + type.bytes() + " bytes from byte " + at
                                + ", got a file of " + hdf.source().size()
                                + " bytes; it may be truncated or damaged: copy it again");
            }
            return new Rows(new StoredArray(type, shape, ByteOrder.LITTLE_ENDIAN, hdf.source(), at));
        }
        // Compact data stand in the header of their node: at most 64 KiB.
        java.nio.ByteBuffer compact = ((io.jhdf.dataset.DatasetBase) d).getDataBuffer();
        byte[] values = new byte[compact.remaining()];
        compact.get(values);
        if (values.length != size * type.bytes()) {
            throw hdf.failure(path, "expected " + shape + " values, got " + values.length + " bytes");
        }
        return new Rows(new StoredArray(type, shape, ByteOrder.LITTLE_ENDIAN, MemorySource.wrap(path, values), 0));
    }

    /** The path of the node. */
    public String path() {
        return path;
    }

    /** The type of the values. */
    public SampleType type() {
        return type;
    }

    /** Lengths of the axes, the last one varies fastest; empty for a single number. */
    public List<Long> shape() {
        return shape;
    }

    /** The number of values. */
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** All values, complex ones as (re, im). */
    public double[] doubles() {
        return doubles(new long[shape.size()], whole());
    }

    /** All values in single precision. */
    public float[] floats() {
        return values(new long[shape.size()], whole()).floats(0, Math.toIntExact(size()));
    }

    /**
     * The values of a range; complex ones as (re, im).
     *
     * @param offset first index along each axis
     * @param count length along each axis
     * @return the values in row-major order
     */
    public double[] doubles(long[] offset, int[] count) {
        int size = Math.toIntExact(rangeBytes(offset, count) / type.bytes());
        if (type != SampleType.FLOAT64 || order != ByteOrder.nativeOrder() || size == 0) {
            return values(offset, count).doubles(0, size);
        }
        double[] out = new double[size];
        bytes.read(offset, count, MemorySegment.ofArray(out));
        return out;
    }

    /**
     * The values of a range.
     *
     * @param offset first index along each axis
     * @param count length along each axis
     * @return an array of that shape in memory
     */
    public StoredArray values(long[] offset, int[] count) {
        byte[] raw = new byte[rangeBytes(offset, count)];
        if (raw.length > 0) {
            bytes.read(offset, count, MemorySegment.ofArray(raw));
        }
        List<Long> part = Arrays.stream(count).mapToObj(n -> (long) n).toList();
        return new StoredArray(type, part, order, MemorySource.wrap(path, raw), 0);
    }

    /** The size of a range that lies within the array and fits into one. */
    private int rangeBytes(long[] offset, int[] count) {
        List<Integer> part = Arrays.stream(count).boxed().toList();
        if (offset.length != shape.size() || count.length != shape.size()) {
            throw new IllegalArgumentException(path + " has " + shape.size() + " axes, got a range of " + part);
        }
        long size = type.bytes();
        for (int i = 0; i < count.length; i++) {
            Objects.checkFromIndexSize(offset[i], count[i], shape.get(i));
            size = Math.multiplyExact(size, (long) count[i]);
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    path + ": " + part + " values do not make one array; read a smaller range");
        }
        return (int) size;
    }

    /** The lengths of the axes as a range, when all values fit into one array and the heap. */
    private int[] whole() {
        long size = size();
        if (size > (Integer.MAX_VALUE - 8) / type.bytes()) {
            throw hdf.failure(
                    path,
                    "expected fewer than 2 GiB of values, got shape " + shape + " of " + type.bytes()
                            + " bytes each; the file may be damaged: copy it again");
        }
        Heap.require(hdf.source().name(), size * (type.bytes() + (long) Double.BYTES * type.parts()));
        return size == 0
                ? new int[shape.size()]
                : shape.stream().mapToInt(Math::toIntExact).toArray();
    }

    private static Optional<SampleType> type(DataType t) {
        return switch (t) {
            case FixedPoint f
            when f.getBitOffset() == 0 && f.getBitPrecision() == 8 * f.getSize() ->
                switch (f.getSize()) {
                    case 1 -> Optional.of(f.isSigned() ? SampleType.INT8 : SampleType.UINT8);
                    case 2 -> Optional.of(f.isSigned() ? SampleType.INT16 : SampleType.UINT16);
                    case 4 -> Optional.of(f.isSigned() ? SampleType.INT32 : SampleType.UINT32);
                    case 8 -> Optional.of(f.isSigned() ? SampleType.INT64 : SampleType.UINT64);
                    default -> Optional.empty();
                };
            case FloatingPoint f
            when f.getBitPrecision() == 8 * f.getSize() ->
                switch (f.getSize()) {
                    case 2 -> Optional.of(SampleType.FLOAT16);
                    case 4 -> Optional.of(SampleType.FLOAT32);
                    case 8 -> Optional.of(SampleType.FLOAT64);
                    default -> Optional.empty();
                };
            case EnumDataType e -> type(e.getBaseType());
            case CompoundDataType c -> complex(c);
            default -> Optional.empty();
        };
    }

    private static Optional<SampleType> complex(CompoundDataType c) {
        if (c.getMembers().size() != 2
                || !(c.getMembers().getFirst().getDataType() instanceof FloatingPoint re)
                || !(c.getMembers().getLast().getDataType() instanceof FloatingPoint im)
                || re.getSize() != im.getSize()
                || re.getByteOrder() != im.getByteOrder()
                || c.getMembers().getFirst().getOffset() != 0
                || c.getMembers().getLast().getOffset() != re.getSize()
                || c.getSize() != 2 * re.getSize()) {
            return Optional.empty();
        }
        return switch (re.getSize()) {
            case 4 -> Optional.of(SampleType.COMPLEX64);
            case 8 -> Optional.of(SampleType.COMPLEX128);
            default -> Optional.empty();
        };
    }

    private static ByteOrder order(DataType t) {
        return switch (t) {
            case OrderedDataType o -> o.getByteOrder();
            case EnumDataType e -> order(e.getBaseType());
            case CompoundDataType c -> order(c.getMembers().getFirst().getDataType());
            default -> ByteOrder.LITTLE_ENDIAN;
        };
    }

    /** Values that stand together in row-major order. */
    private record Rows(StoredArray all) implements Bytes {
        @Override
        public void read(long[] offset, int[] count, MemorySegment target) {
            target.copyFrom(MemorySegment.ofArray(all.raw(offset, count)));
        }
    }
}
