package org.fus.cloud.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.fus.io.source.ByteSource;

/**
 * Cuts where the bytes say so, so that an insertion moves the borders next to it only. A rolling hash over the last 64
 * bytes, the gear hash {@code h = 2 h + G[byte]}, ends a chunk when its highest bits are zero; two bits more are asked for
 * before the usual length and two bits less after it, which brings lengths together (W. Xia et al., "FastCDC: a fast and
 * efficient content-defined chunking approach for data deduplication", USENIX ATC 2016, section 3.4, level 2). Costs O(bytes).
 *
 * <p>The figures are part of what makes two imports share chunks: with others nothing breaks, but nothing is shared either.
 */
public final class ContentDefinedCutter implements Cutter {
    /** Shortest chunk but for the last one of a file, bytes. */
    public static final int MIN_BYTES = 64 << 10;

    /** The length around which chunks gather, bytes. */
    public static final int USUAL_BYTES = 256 << 10;

    /** Longest chunk, bytes. */
    public static final int MAX_BYTES = 1 << 20;

    /** One bit for each halving of the usual length, counted from the shortest one because the hash starts there. */
    private static final int BITS = 18;

    private static final long STRICT = -1L << (64 - BITS - 2);
    private static final long LOOSE = -1L << (64 - BITS + 2);
    private static final int BUFFER_BYTES = 8 << 20;
    private static final long[] GEAR = gear();

    /** Makes a cutter; it holds no state. */
    public ContentDefinedCutter() {}

    @Override
    public void cut(ByteSource source, Consumer<byte[]> chunks) {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, source.size())];
        int start = 0;
        int end = 0;
        long position = 0;
        while (start < end || position < source.size()) {
            if (end - start < MAX_BYTES && position < source.size()) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
                int n = (int) Math.min(buffer.length - end, source.size() - position);
                source.read(position, ByteBuffer.wrap(buffer, end, n));
                position += n;
                end += n;
            }
            int length = next(buffer, start, end);
            chunks.accept(Arrays.copyOfRange(buffer, start, start + length));
            start += length;
        }
    }

    /**
     * The length of the next chunk.
     *
     * @param bytes what is to be cut
     * @param start of the chunk
     * @param end of the bytes; the end of the file when less than {@link #MAX_BYTES} after the start
     * @return 1 to {@link #MAX_BYTES}
     */
    public static int next(byte[] bytes, int start, int end) {
        int left = Math.min(end - start, MAX_BYTES);
        if (left <= MIN_BYTES) {
            return left;
        }
        int usual = start + Math.min(left, USUAL_BYTES);
        int at = start + MIN_BYTES;
        long h = 0;
        for (; at < usual; at++) {
            h = (h << 1) + GEAR[bytes[at] & 0xff];
            if ((h & STRICT) == 0) {
                return at + 1 - start;
            }
        }
        int last = start + left;
        for (; at < last; at++) {
            h = (h << 1) + GEAR[bytes[at] & 0xff];
            if ((h & LOOSE) == 0) {
                return at + 1 - start;
            }
        }
        return left;
    }

    /** Fixed numbers that look random: SplitMix64 from 0 (G. L. Steele et al., OOPSLA 2014, doi:10.1145/2660193.2660195). */
    private static long[] gear() {
        long[] gear = new long[256];
        long state = 0;
        for (int i = 0; i < gear.length; i++) {
            state += 0x9e3779b97f4a7c15L;
            long z = state;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            gear[i] = z ^ (z >>> 31);
        }
        return gear;
    }
}
