package org.fus.io.content;

import java.nio.ByteBuffer;

/** The types in which files store values. Complex values are pairs (re, im). */
public enum SampleType {
    /** Truth values, one byte each. */
    BOOL("bool", "b1", 1, 1),
    /** Signed, 1 byte. */
    INT8("int8", "i1", 1, 1),
    /** Unsigned, 1 byte. */
    UINT8("uint8", "u1", 1, 1),
    /** Signed, 2 bytes. */
    INT16("int16", "i2", 2, 1),
    /** Unsigned, 2 bytes. */
    UINT16("uint16", "u2", 2, 1),
    /** Signed, 4 bytes. */
    INT32("int32", "i4", 4, 1),
    /** Unsigned, 4 bytes. */
    UINT32("uint32", "u4", 4, 1),
    /** Signed, 8 bytes. */
    INT64("int64", "i8", 8, 1),
    /** Unsigned, 8 bytes. */
    UINT64("uint64", "u8", 8, 1),
    /** Half precision. */
    FLOAT16("float16", "f2", 2, 1),
    /** Single precision. */
    FLOAT32("float32", "f4", 4, 1),
    /** Double precision. */
    FLOAT64("float64", "f8", 8, 1),
    /** Pairs of single precision. */
    COMPLEX64("complex64", "c8", 4, 2),
    /** Pairs of double precision. */
    COMPLEX128("complex128", "c16", 8, 2);

    private final String label;
    private final String code;
    private final int partBytes;
    private final int parts;

    SampleType(String label, String code, int partBytes, int parts) {
        this.label = label;
        this.code = code;
        this.partBytes = partBytes;
        this.parts = parts;
    }

    /**
     * The name that NumPy gives the type.
     *
     * @return such as {@code complex64}
     */
    public String label() {
        return label;
    }

    /**
     * The code of the type in array descriptions, without the byte order.
     *
     * @return such as {@code c8}
     */
    public String code() {
        return code;
    }

    /**
     * Size of one real number.
     *
     * @return bytes
     */
    public int partBytes() {
        return partBytes;
    }

    /**
     * Real numbers per value.
     *
     * @return 2 for complex values, otherwise 1
     */
    public int parts() {
        return parts;
    }

    /**
     * Size of one value.
     *
     * @return bytes
     */
    public int bytes() {
        return partBytes * parts;
    }

    /**
     * Takes the next real number out of a buffer. Exact, save for 64-bit integers beyond 2^53, which are rounded.
     *
     * @param buffer in the byte order of the values
     * @return the number
     */
    double next(ByteBuffer buffer) {
        return switch (this) {
            case BOOL -> buffer.get() == 0 ? 0 : 1;
            case INT8 -> buffer.get();
            case UINT8 -> Byte.toUnsignedInt(buffer.get());
            case INT16 -> buffer.getShort();
            case UINT16 -> Short.toUnsignedInt(buffer.getShort());
            case INT32 -> buffer.getInt();
            case UINT32 -> Integer.toUnsignedLong(buffer.getInt());
            case INT64 -> buffer.getLong();
            case UINT64 -> unsigned(buffer.getLong());
            case FLOAT16 -> Float.float16ToFloat(buffer.getShort());
            case FLOAT32, COMPLEX64 -> buffer.getFloat();
            case FLOAT64, COMPLEX128 -> buffer.getDouble();
        };
    }

    private static double unsigned(long v) {
        // The lowest bit is kept as a sticky bit, so that the one rounding is that of the whole value.
        return v >= 0 ? v : 2.0 * ((v >>> 1) | (v & 1));
    }
}
