package org.fus.io.internal.hdf;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.PipelineFilterWithData;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.SampleType;

/**
 * Values in chunks. Chunks are inflated here, into exactly the bytes that they must have, so that no chunk can claim more
 * memory than its shape says; those used last are kept.
 */
final class HdfChunks implements HdfArray.Bytes {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    static final int FLETCHER32 = 3;
    private static final long KEPT_BYTES = 16L << 20;

    /** No sound file has larger chunks: HDF5 itself stops at 4 GiB, writers at a few megabytes. */
    private static final long MAX_CHUNK_BYTES = 256L << 20;

    private final Hdf hdf;
    private final String path;
    private final ChunkedDataset data;
    private final int bytes;
    private final long[] shape;
    private final int[] chunk;
    private final int chunkBytes;
    private final List<Integer> filters;
    private final Map<List<Integer>, byte[]> kept;

    HdfChunks(Hdf hdf, String path, ChunkedDataset data, SampleType type, List<Long> shape) {
        this.hdf = hdf;
        this.path = path;
        this.data = data;
        this.bytes = type.bytes();
        this.shape = shape.stream().mapToLong(n -> n).toArray();
        this.chunk = data.getChunkDimensions();
        long size = bytes;
        for (int n : chunk) {
            size = n < 1 || size > MAX_CHUNK_BYTES / n ? MAX_CHUNK_BYTES + 1 : size * n;
        }
        if (chunk.length != this.shape.length || size > MAX_CHUNK_BYTES) {
            throw hdf.failure(
                    path,
                    "impossible chunks of " + Arrays.toString(chunk) + " for shape " + shape
                            + "; the file may be damaged: copy it again");
        }
        this.chunkBytes = (int) size;
        this.filters =
                data.getFilters().stream().map(PipelineFilterWithData::getId).toList();
        int keep = (int) Math.max(1, KEPT_BYTES / chunkBytes);
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<Integer>, byte[]> eldest) {
                return size() > keep;
            }
        };
    }

    @Override
    public void read(long[] offset, int[] count, MemorySegment target) {
        int axes = count.length;
        int[] first = new int[axes];
        for (int a = 0; a < axes; a++) {
            first[a] = Math.toIntExact(offset[a] / chunk[a]);
        }
        int[] at = first.clone();
        int axis;
        do {
            copy(at, offset, count, target);
            for (axis = axes - 1; axis >= 0; axis--) {
                if (++at[axis] <= (offset[axis] + count[axis] - 1) / chunk[axis]) {
                    break;
                }
                at[axis] = first[axis];
            }
        } while (axis >= 0);
    }

    /** Copies what a chunk and the range have in common, run by run; axes that both have whole are one run. */
    private void copy(int[] at, long[] offset, int[] count, MemorySegment out) {
        int axes = count.length;
        int[] from = new int[axes];
        int[] to = new int[axes];
        int[] length = new int[axes];
        for (int a = 0; a < axes; a++) {
            long start = (long) at[a] * chunk[a];
            long low = Math.max(start, offset[a]);
            long high = Math.min(start + chunk[a], offset[a] + count[a]);
            from[a] = (int) (low - start);
            to[a] = (int) (low - offset[a]);
            length[a] = (int) (high - low);
        }
        MemorySegment values = MemorySegment.ofArray(chunk(at));
        int last = axes - 1;
        long run = length[last];
        while (last > 0 && length[last] == chunk[last] && length[last] == count[last]) {
            run *= length[--last];
        }
        int[] i = new int[axes];
        int axis;
        do {
            int source = 0;
            int target = 0;
            for (int a = 0; a < axes; a++) {
                source = source * chunk[a] + from[a] + i[a];
                target = target * count[a] + to[a] + i[a];
            }
            MemorySegment.copy(values, (long) source * bytes, out, (long) target * bytes, run * bytes);
            for (axis = last - 1; axis >= 0; axis--) {
                if (++i[axis] < length[axis]) {
                    break;
                }
                i[axis] = 0;
            }
        } while (axis >= 0);
    }

    private byte[] chunk(int[] at) {
        List<Integer> key = Arrays.stream(at).boxed().toList();
        synchronized (kept) {
            byte[] values = kept.get(key);
            if (values == null) {
                values = load(at);
                kept.put(key, values);
            }
            return values;
        }
    }

    private byte[] load(int[] at) {
        int[] start = new int[at.length];
        for (int a = 0; a < at.length; a++) {
            start[a] = Math.multiplyExact(at[a], chunk[a]);
        }
        byte[] stored = hdf.guarded(path, () -> {
            try {
                ByteBuffer raw = data.getRawChunkBuffer(start);
                if (raw.hasArray() && raw.arrayOffset() == 0 && raw.remaining() == raw.array().length) {
                    return raw.array();
                }
                byte[] copy = new byte[raw.remaining()];
                raw.get(copy);
                return copy;
            } catch (HdfException e) {
                if (String.valueOf(e.getMessage()).startsWith("No chunk")) {
                    return new byte[0];
                }
                throw e;
            }
        });
        if (stored.length == 0) {
            return fill();
        }
        byte[] values = stored;
        for (int f = filters.size() - 1; f >= 0; f--) {
            values = switch (filters.get(f)) {
                case DEFLATE -> inflate(values, start);
                case SHUFFLE -> unshuffle(values);
                case FLETCHER32 -> checked(values, start);
                default ->
                    throw new FusUnsupportedFormatException(
                            hdf.source().name(),
                            path,
                            "filter "
                                    + filters.get(f) + " is not supported (expected deflate, shuffle or fletcher32); "
                                    + "repack it with h5repack");
            };
        }
        if (values.length != chunkBytes) {
            throw damaged(start, "expected " + chunkBytes + " bytes, got " + values.length, null);
        }
        return values;
    }

    /** A chunk that was never written holds the fill value. */
    private byte[] fill() {
        Object fill = hdf.guarded(path, data::getFillValue);
        if (fill instanceof Number n && n.doubleValue() != 0) {
            throw new FusUnsupportedFormatException(
                    hdf.source().name(),
                    path,
                    "a chunk is missing and its fill value " + n + " is not 0; repack the file with h5repack");
        }
        return new byte[chunkBytes];
    }

    /** What deflate gives may be followed by the four bytes of a checksum, never by more. */
    private byte[] inflate(byte[] deflated, int[] start) {
        byte[] out = new byte[chunkBytes];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            int n = inflate(inflater, out, 0);
            if (n < chunkBytes) {
                return Arrays.copyOf(out, n);
            }
            byte[] checksum = new byte[Integer.BYTES];
            int more = inflate(inflater, checksum, n);
            if (more > 0) {
                out = Arrays.copyOf(out, n + more);
                System.arraycopy(checksum, 0, out, n, more);
            }
            return out;
        } catch (DataFormatException e) {
            throw damaged(start, "cannot be inflated (" + e.getMessage() + ")", e);
        } finally {
            inflater.end();
        }
    }

    /** Fills an array as far as the stream goes. */
    private static int inflate(Inflater inflater, byte[] out, int before) throws DataFormatException {
        int n = 0;
        while (n < out.length && !inflater.finished()) {
            int got = inflater.inflate(out, n, out.length - n);
            if (got == 0 && !inflater.finished()) {
                throw new DataFormatException("it ends after " + (before + n) + " bytes");
            }
            n += got;
        }
        return n;
    }

    private byte[] unshuffle(byte[] shuffled) {
        int n = shuffled.length / bytes;
        byte[] out = shuffled.clone();
        for (int b = 0; b < bytes; b++) {
            for (int i = 0; i < n; i++) {
                out[i * bytes + b] = shuffled[b * n + i];
            }
        }
        return out;
    }

    private byte[] checked(byte[] values, int[] start) {
        int n = values.length - Integer.BYTES;
        if (n < 0) {
            throw damaged(start, "is too short for its checksum", null);
        }
        int stored = ByteBuffer.wrap(values, n, Integer.BYTES)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (stored != fletcher32(values, n)) {
            throw damaged(start, "does not match its checksum", null);
        }
        return Arrays.copyOf(values, n);
    }

    /** Two sums over big-endian words modulo 65535, as the HDF5 library computes them. */
    private static int fletcher32(byte[] values, int n) {
        long sum1 = 0;
        long sum2 = 0;
        for (int i = 0; i + 1 < n; i += 2) {
            sum1 = (sum1 + ((values[i] & 0xFF) << 8 | (values[i + 1] & 0xFF))) % 65535;
            sum2 = (sum2 + sum1) % 65535;
        }
        if (n % 2 == 1) {
            sum1 = (sum1 + ((values[n - 1] & 0xFF) << 8)) % 65535;
            sum2 = (sum2 + sum1) % 65535;
        }
        return (int) (sum2 << 16 | sum1);
    }

    private FusFormatException damaged(int[] start, String problem, Throwable cause) {
        return new FusFormatException(
                hdf.source().name(),
                path,
                "the chunk at " + Arrays.toString(start) + " " + problem + "; the file may be damaged: copy it again",
                cause);
    }
}
