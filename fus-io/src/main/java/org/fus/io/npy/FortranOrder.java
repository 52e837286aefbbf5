package org.fus.io.npy;

import java.nio.ByteBuffer;
import java.util.List;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;
import org.fus.io.source.MemorySource;

/** Turns an array whose first axis varies fastest into row-major order. */
final class FortranOrder {
    private FortranOrder() {}

    /** Complexity: one pass over the values. */
    static StoredArray toRowMajor(ByteSource source, NpyHeader header) {
        long bytes = header.dataBytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new FusUnsupportedFormatException(
                    source.name(),
                    "header, fortran_order",
                    "Fortran order of " + bytes
                            + " bytes is not supported (expected less than 2 GiB); save it with"
                            + " numpy.ascontiguousarray");
        }
        Heap.require(source.name(), 2 * bytes);
        ByteBuffer in = ByteBuffer.allocate((int) bytes);
        source.read(header.dataOffset(), in);
        byte[] out = new byte[(int) bytes];
        permute(in.array(), out, header.shape(), header.type().bytes());
        return new StoredArray(header.type(), header.shape(), header.order(), MemorySource.wrap(source.name(), out), 0);
    }

    private static void permute(byte[] in, byte[] out, List<Long> shape, int bytes) {
        int axes = shape.size();
        int[] index = new int[axes];
        int[] stride = new int[axes];
        int step = bytes;
        for (int a = 0; a < axes; a++) {
            stride[a] = step;
            step *= shape.get(a).intValue();
        }
        int from = 0;
        for (int to = 0; to < out.length; to += bytes) {
            System.arraycopy(in, from, out, to, bytes);
            for (int a = axes - 1; a >= 0; a--) {
                from += stride[a];
                if (++index[a] < shape.get(a)) {
                    break;
                }
                from -= index[a] * stride[a];
                index[a] = 0;
            }
        }
    }
}
