package org.fus.io.mat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.Heap;
import org.fus.io.source.MemorySource;

/**
 * The numbers of a variable, read by range. MATLAB's first axis varies fastest: the shape is that of MATLAB from the last
 * axis to the first, which makes it row-major.
 *
 * @param file for messages
 * @param type of the values, as stored
 * @param shape lengths of the axes, the last one varies fastest
 * @param ranges reads the values of a range into memory
 * @param whole the same where the values stand together in the file
 */
record MatArray(String file, SampleType type, List<Long> shape, Ranges ranges, Optional<StoredArray> whole) {
    /** Reads a range. */
    @FunctionalInterface
    interface Ranges {
        StoredArray read(long[] offset, int[] count);
    }

    MatArray {
        shape = List.copyOf(shape);
    }

    static MatArray of(String file, StoredArray stored) {
        return new MatArray(
                file,
                stored.type(),
                stored.shape(),
                (offset, count) -> memory(file, stored, offset, count),
                Optional.of(stored));
    }

    static MatArray of(String file, HdfArray stored) {
        return new MatArray(file, stored.type(), stored.shape(), stored::values, Optional.empty());
    }

    /** Real and imaginary parts that stand one after the other become pairs: floating-point bits pass, all else is float64. */
    static MatArray complex(String file, StoredArray re, StoredArray im) {
        boolean exact = re.type() == im.type() && (re.type() == SampleType.FLOAT32 || re.type() == SampleType.FLOAT64);
        SampleType type = exact && re.type() == SampleType.FLOAT32 ? SampleType.COMPLEX64 : SampleType.COMPLEX128;
        return new MatArray(
                file,
                type,
                re.shape(),
                (offset, count) -> {
                    StoredArray x = memory(file, re, offset, count);
                    StoredArray y = memory(file, im, offset, count);
                    ByteOrder order = exact ? re.order() : ByteOrder.LITTLE_ENDIAN;
                    byte[] pairs = exact ? pairs(x, y) : doublePairs(x, y);
                    return new StoredArray(type, x.shape(), order, MemorySource.wrap(file, pairs), 0);
                },
                Optional.empty());
    }

    private static byte[] pairs(StoredArray re, StoredArray im) {
        int n = Math.toIntExact(re.size());
        int size = re.type().bytes();
        byte[] x = re.raw(0, n);
        byte[] y = im.raw(0, n);
        byte[] out = new byte[Math.addExact(x.length, y.length)];
        for (int i = 0; i < n; i++) {
            System.arraycopy(x, i * size, out, 2 * i * size, size);
            System.arraycopy(y, i * size, out, (2 * i + 1) * size, size);
        }
        return out;
    }

    private static byte[] doublePairs(StoredArray re, StoredArray im) {
        int n = Math.toIntExact(re.size());
        double[] x = re.doubles(0, n);
        double[] y = im.doubles(0, n);
        ByteBuffer out =
                ByteBuffer.allocate(Math.multiplyExact(2 * Double.BYTES, n)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            out.putDouble(x[i]).putDouble(y[i]);
        }
        return out.array();
    }

    /** The values of a range, once it is certain that they fit into memory. */
    StoredArray range(long[] offset, int[] count) {
        long values = 1;
        for (int n : count) {
            values = Math.multiplyExact(values, (long) n);
        }
        // Bytes as stored, and as numbers of double precision, twice where they are pairs.
        Heap.require(file, Math.multiplyExact(values, 4L * Double.BYTES * type.parts()));
        return ranges.read(offset, count);
    }

    /** All values; complex ones as (re, im). */
    double[] all() {
        return stored().doubles(0, Math.toIntExact(size()));
    }

    /** The values as one array, in memory where they do not stand together in the file. */
    StoredArray stored() {
        return whole.orElseGet(() -> {
            int[] count = shape.stream().mapToInt(Math::toIntExact).toArray();
            return range(new long[count.length], count);
        });
    }

    long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The lengths of the axes as MATLAB shows them. */
    List<Long> matlabShape() {
        return shape.reversed();
    }

    private static StoredArray memory(String file, StoredArray stored, long[] offset, int[] count) {
        List<Long> part = Arrays.stream(count).mapToObj(n -> (long) n).toList();
        return new StoredArray(
                stored.type(), part, stored.order(), MemorySource.wrap(file, stored.raw(offset, count)), 0);
    }
}
