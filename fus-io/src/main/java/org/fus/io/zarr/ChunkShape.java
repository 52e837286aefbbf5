package org.fus.io.zarr;

import java.util.List;
import org.fus.core.error.FusUnsupportedException;

/** Sizes of chunks, and copies between boxes of values. */
final class ChunkShape {
    private ChunkShape() {}

    /** Refuses a chunk without values or of more bytes than one array holds. */
    static void requireSize(String what, List<Integer> shape, int valueBytes) {
        long bytes = valueBytes;
        for (int n : shape) {
            if (n < 1) {
                throw new IllegalArgumentException(what + " of shape " + shape + ": each length must be at least 1");
            }
            // Both factors are below 2^31, so the product cannot overflow before it is refused.
            bytes *= n;
            if (bytes > Integer.MAX_VALUE - 1024) {
                throw new FusUnsupportedException(what + " of shape " + shape + " with values of " + valueBytes
                        + " bytes is larger than 2 GiB; store smaller chunks");
            }
        }
    }

    static int values(List<Integer> shape) {
        int n = 1;
        for (int length : shape) {
            n = Math.multiplyExact(n, length);
        }
        return n;
    }

    static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Copies a box of values from one row-major array to another, in runs along the last axis.
     *
     * @param size of one value in bytes
     */
    static void copy(
            byte[] from,
            int[] fromShape,
            int[] fromStart,
            byte[] to,
            int[] toShape,
            int[] toStart,
            int[] box,
            int size) {
        int axes = box.length;
        if (axes == 0) {
            System.arraycopy(from, 0, to, 0, size);
            return;
        }
        int run = box[axes - 1] * size;
        int[] at = new int[axes];
        while (true) {
            int source = 0;
            int target = 0;
            for (int i = 0; i < axes; i++) {
                source = source * fromShape[i] + fromStart[i] + at[i];
                target = target * toShape[i] + toStart[i] + at[i];
            }
            System.arraycopy(from, source * size, to, target * size, run);
            int axis = axes - 2;
            while (axis >= 0 && ++at[axis] == box[axis]) {
                at[axis--] = 0;
            }
            if (axis < 0) {
                return;
            }
        }
    }

    /** The values in the order in which axis {@code i} of the result is axis {@code order[i]} of the source. */
    static byte[] transpose(byte[] values, int[] shape, int[] order, int size) {
        int axes = shape.length;
        int[] stride = new int[axes];
        int step = size;
        for (int i = axes - 1; i >= 0; i--) {
            stride[i] = step;
            step *= shape[i];
        }
        byte[] out = new byte[values.length];
        int[] at = new int[axes];
        int source = 0;
        for (int target = 0; target < out.length; target += size) {
            System.arraycopy(values, source, out, target, size);
            for (int i = axes - 1; i >= 0; i--) {
                source += stride[order[i]];
                if (++at[i] < shape[order[i]]) {
                    break;
                }
                source -= at[i] * stride[order[i]];
                at[i] = 0;
            }
        }
        return out;
    }
}
