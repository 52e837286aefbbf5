package org.fus.io.echoframe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.source.ByteSource;

/**
 * The header of a stream, whose lengths have been checked.
 *
 * @param version 0 or 1
 * @param headerBytes first byte of the first buffer
 * @param buffers how many are stored; the file may be longer, because it is allocated before the recording
 * @param elements values per buffer, a complex one counted once
 * @param paddingBytes after each buffer
 * @param type type of the values; nothing in version 0, which does not tell
 */
record EchoFrameHeader(
        int version, long headerBytes, long buffers, long elements, long paddingBytes, Optional<SampleType> type) {
    private static final int[] WORDS = {5, 6};
    private static final int CODES = 8;
    private static final long MOST = 1L << 48;

    /** Whether five or six numbers are such a header and fit a file of that size. */
    static boolean recognises(byte[] head, long size) {
        return parse(head, size).problem.isEmpty();
    }

    static EchoFrameHeader read(ByteSource source) {
        Parsed parsed = parse(source.head(WORDS[1] * Long.BYTES), source.size());
        if (!parsed.problem.isEmpty()) {
            throw new FusFormatException(
                    source.name(), "header", parsed.problem + "; this is no EchoFrame stream, or it is damaged");
        }
        return parsed.header;
    }

    /** Bytes of one value of a buffer whose type is known to the caller. */
    long bufferBytes(int bytesPerElement) {
        return elements * bytesPerElement;
    }

    /** First byte of a buffer. */
    long bufferAt(long buffer, int bytesPerElement) {
        return headerBytes + buffer * (bufferBytes(bytesPerElement) + paddingBytes);
    }

    /** Refuses a file that does not hold what the header says. */
    void requireWhole(ByteSource source, int bytesPerElement) {
        long last = bufferAt(buffers, bytesPerElement) - paddingBytes;
        if (last > source.size()) {
            throw new FusFormatException(
                    source.name(),
                    "header",
                    "expected " + buffers + " buffers of " + elements + " values of " + bytesPerElement
                            + " bytes from byte " + headerBytes + ", got a file of " + source.size()
                            + " bytes; it may be truncated: copy it again");
        }
    }

    private record Parsed(EchoFrameHeader header, String problem) {}

    private static Parsed parse(byte[] head, long size) {
        if (head.length < WORDS[0] * Long.BYTES) {
            return new Parsed(null, "expected 40 bytes, got " + head.length);
        }
        ByteBuffer b = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long version = b.getLong();
        if (version < 0 || version >= WORDS.length) {
            return new Parsed(null, "expected version 0 or 1, got " + Long.toUnsignedString(version));
        }
        long[] v = new long[5];
        int words = WORDS[(int) version];
        if (head.length < words * Long.BYTES) {
            return new Parsed(null, "expected " + words * Long.BYTES + " bytes, got " + head.length);
        }
        for (int i = 0; i < words - 1; i++) {
            v[i] = b.getLong();
            if (v[i] < 0 || v[i] > MOST) {
                return new Parsed(null, "word " + (i + 1) + " is " + Long.toUnsignedString(v[i]));
            }
        }
        if (v[0] < words * (long) Long.BYTES || v[0] > size) {
            return new Parsed(null, "the first buffer starts at byte " + v[0] + " of " + size);
        }
        if (v[1] < 1 || v[2] < 1 || v[1] > size || v[2] > size || v[3] > size || v[1] > size / (v[2] + v[3])) {
            return new Parsed(
                    null,
                    v[1] + " buffers of " + v[2] + " values and " + v[3] + " bytes of padding in a file of " + size
                            + " bytes");
        }
        if (version == 1 && (v[4] < 1 || v[4] >= CODES)) {
            return new Parsed(null, "expected a type code from 1 to 7, got " + v[4]);
        }
        Optional<SampleType> type = version == 0 ? Optional.empty() : type(v[4]);
        return new Parsed(new EchoFrameHeader((int) version, v[0], v[1], v[2], v[3], type), "");
    }

    /** The type of a code; nothing for bfloat16, which no type here is. */
    private static Optional<SampleType> type(long code) {
        return switch ((int) code) {
            case 1 -> Optional.of(SampleType.INT16);
            case 2 -> Optional.of(SampleType.FLOAT32);
            case 3 -> Optional.of(SampleType.COMPLEX64);
            case 4 -> Optional.of(SampleType.FLOAT64);
            case 5 -> Optional.of(SampleType.COMPLEX128);
            default -> Optional.empty();
        };
    }
}
