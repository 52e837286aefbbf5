package org.fus.io.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.fus.core.error.FusFormatException;

/**
 * Reads little-endian fields one after the other and never past a limit: every length is checked against what remains
 * before anything is allocated. Each read names its field, so that a failure says which field and byte it met. Not
 * thread-safe.
 */
public final class Cursor {
    private static final int WINDOW_BYTES = 1 << 13;

    private final ByteSource source;
    private final long limit;
    private long position;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;

    /**
     * Starts at the first byte.
     *
     * @param source the bytes
     * @param limit end of what may be read, at most the size of the source
     */
    public Cursor(ByteSource source, long limit) {
        if (limit < 0 || limit > source.size()) {
            throw new IllegalArgumentException("limit " + limit + " of a source of " + source.size() + " bytes");
        }
        this.source = source;
        this.limit = limit;
    }

    /**
     * The next byte to be read.
     *
     * @return from 0
     */
    public long position() {
        return position;
    }

    /**
     * Bytes before the limit.
     *
     * @return at least 0
     */
    public long remaining() {
        return limit - position;
    }

    /**
     * Passes over bytes.
     *
     * @param count how many
     * @param field for messages
     */
    public void skip(long count, String field) {
        require(count, field);
        position += count;
    }

    /**
     * Returns to bytes that were read.
     *
     * @param count how many, at most those before the position
     */
    public void back(long count) {
        Objects.checkFromToIndex(0, count, position + 1);
        position -= count;
    }

    /**
     * Takes bytes.
     *
     * @param count how many
     * @param field for messages
     * @return a read-only little-endian buffer of that many bytes
     */
    public ByteBuffer take(long count, String field) {
        require(count, field);
        if (count > Integer.MAX_VALUE - 8) {
            throw failure(field, count + " bytes, expected less than 2 GiB; the file may be damaged");
        }
        if (count > WINDOW_BYTES) {
            ByteBuffer large = ByteBuffer.allocate((int) count);
            source.read(position, large);
            position += count;
            return large.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
        long end = windowStart + window.capacity();
        if (position < windowStart || position + count > end) {
            window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, remaining()));
            source.read(position, window);
            windowStart = position;
        }
        ByteBuffer slice = window.slice((int) (position - windowStart), (int) count);
        position += count;
        return slice.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * One unsigned byte.
     *
     * @param field for messages
     * @return 0 to 255
     */
    public int u8(String field) {
        return Byte.toUnsignedInt(take(1, field).get());
    }

    /**
     * Two bytes, unsigned.
     *
     * @param field for messages
     * @return 0 to 65535
     */
    public int u16(String field) {
        return Short.toUnsignedInt(take(2, field).getShort());
    }

    /**
     * Four bytes, unsigned.
     *
     * @param field for messages
     * @return 0 to 2^32 - 1
     */
    public long u32(String field) {
        return Integer.toUnsignedLong(take(4, field).getInt());
    }

    /**
     * Eight bytes, signed.
     *
     * @param field for messages
     * @return any value
     */
    public long i64(String field) {
        return take(8, field).getLong();
    }

    /**
     * Eight bytes that hold a count or an offset.
     *
     * @param field for messages
     * @return 0 to 2^63 - 1
     * @throws FusFormatException when the value is larger
     */
    public long u64(String field) {
        long v = i64(field);
        if (v < 0) {
            position -= 8;
            throw failure(field, Long.toUnsignedString(v) + " is larger than any file; the file may be damaged");
        }
        return v;
    }

    /**
     * A single-precision number.
     *
     * @param field for messages
     * @return any value
     */
    public float f32(String field) {
        return take(4, field).getFloat();
    }

    /**
     * A double-precision number.
     *
     * @param field for messages
     * @return any value
     */
    public double f64(String field) {
        return take(8, field).getDouble();
    }

    /**
     * Double-precision numbers.
     *
     * @param count how many
     * @param field for messages
     * @return a new array
     */
    public double[] f64s(long count, String field) {
        ByteBuffer bytes = take(bytesOf(count, Double.BYTES, field), field);
        double[] out = new double[(int) count];
        bytes.asDoubleBuffer().get(out);
        return out;
    }

    /**
     * Unsigned four-byte numbers.
     *
     * @param count how many
     * @param field for messages
     * @return a new array
     */
    public long[] u32s(long count, String field) {
        ByteBuffer bytes = take(bytesOf(count, Integer.BYTES, field), field);
        long[] out = new long[(int) count];
        for (int i = 0; i < out.length; i++) {
            out[i] = Integer.toUnsignedLong(bytes.getInt());
        }
        return out;
    }

    /**
     * UTF-8 text of a known length, without the NULs and blanks around it.
     *
     * @param count bytes
     * @param field for messages
     * @return the text
     */
    public String text(long count, String field) {
        String text = StandardCharsets.UTF_8.decode(take(count, field)).toString();
        return text.replace("\0", "").strip();
    }

    /**
     * A failure at the next byte.
     *
     * @param field the field that was met
     * @param problem what was found, what was expected, and the remedy
     * @return to be thrown
     */
    public FusFormatException failure(String field, String problem) {
        return new FusFormatException(source.name(), "byte " + position + ", " + field, problem);
    }

    private long bytesOf(long count, int size, String field) {
        if (count < 0 || count > limit / size) {
            throw failure(field, tooLong(count + " values of " + size + " bytes"));
        }
        return count * size;
    }

    private void require(long count, String field) {
        if (count < 0 || count > remaining()) {
            throw failure(field, tooLong(count + " bytes"));
        }
    }

    private String tooLong(String what) {
        return "the file is too short (expected " + what + ", got " + remaining()
                + " bytes to the end); it may be truncated or damaged: copy it again";
    }
}
