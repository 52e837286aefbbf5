package org.fus.io.zarr;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.io.source.ByteSource;

/** The values of an array as bytes at positions. A range is cut into few boxes, so that each chunk is decoded once. */
final class ArrayBytes implements ByteSource {
    private final ZarrArray array;
    private final List<Long> shape;
    private final int valueBytes;
    private final long size;

    ArrayBytes(ZarrArray array) {
        this.array = array;
        this.shape = array.metadata().shape();
        this.valueBytes = array.metadata().type().bytes();
        this.size = shape.contains(0L) ? 0 : shape.stream().reduce((long) valueBytes, Math::multiplyExact);
    }

    @Override
    public String name() {
        return array.name();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), size);
        if (!target.hasRemaining()) {
            return;
        }
        long first = position / valueBytes;
        long last = (position + target.remaining() - 1) / valueBytes;
        ByteBuffer values = ByteBuffer.allocate(Math.toIntExact((last - first + 1) * valueBytes));
        read(new long[shape.size()], 0, first, last + 1, values);
        int skip = (int) (position - first * valueBytes);
        target.put(values.array(), skip, target.remaining());
    }

    /** Reads the values from {@code from} to before {@code to}, counted within the row that {@code at} has fixed. */
    private void read(long[] at, int axis, long from, long to, ByteBuffer out) {
        if (from >= to) {
            return;
        }
        long row = 1;
        for (int i = axis + 1; i < shape.size(); i++) {
            row *= shape.get(i);
        }
        long firstWhole = (from + row - 1) / row;
        long endWhole = to / row;
        if (axis >= shape.size() - 1 || (from % row == 0 && to % row == 0)) {
            box(at, axis, firstWhole, endWhole, out);
        } else if (from / row == (to - 1) / row) {
            at[axis] = from / row;
            read(at, axis + 1, from - at[axis] * row, to - at[axis] * row, out);
        } else {
            at[axis] = from / row;
            read(at, axis + 1, from % row, from % row == 0 ? 0 : row, out);
            box(at, axis, firstWhole, endWhole, out);
            at[axis] = endWhole;
            read(at, axis + 1, 0, to % row, out);
        }
    }

    /** Reads whole rows: index {@code first} to before {@code end} on an axis, all of the axes after it. */
    private void box(long[] at, int axis, long first, long end, ByteBuffer out) {
        if (first >= end) {
            return;
        }
        long[] start = new long[shape.size()];
        int[] count = new int[shape.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = i < axis ? at[i] : i == axis ? first : 0;
            count[i] = i < axis ? 1 : i == axis ? (int) (end - first) : Math.toIntExact(shape.get(i));
        }
        out.put(array.read(start, count));
    }

    @Override
    public Optional<ByteSource> neighbour(String suffix) {
        return Optional.empty();
    }
}
