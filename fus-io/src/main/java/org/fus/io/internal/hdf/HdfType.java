package org.fus.io.internal.hdf;

import org.fus.io.content.SampleType;
import org.fus.io.internal.bytes.LittleEndianBytes;

/** The description of a type of values as it stands in a file, little-endian. */
final class HdfType {
    private static final int VERSION = 0x10;
    private static final int FIXED_POINT = 0;
    private static final int FLOATING_POINT = 1;
    private static final int STRING = 3;
    private static final int VARIABLE_LENGTH = 9;

    /** A length, an address and a number in a collection of the heap. */
    private static final int HEAP_PLACE_BYTES = 16;

    /** Padded with NULs, UTF-8. */
    private static final int NUL_PADDED_UTF8 = 0x11;

    private static final int SIGNED = 0x08;

    /** The first bit of the mantissa is not stored. */
    private static final int IMPLIED_BIT = 0x20;

    private final LittleEndianBytes message;
    private final int bytes;

    private HdfType(LittleEndianBytes message, int bytes) {
        this.message = message;
        this.bytes = bytes;
    }

    static HdfType of(SampleType type) {
        int bytes = type.bytes();
        return switch (type) {
            case FLOAT32 -> floating(bytes, 23, 8, 127);
            case FLOAT64 -> floating(bytes, 52, 11, 1023);
            case INT8, INT16, INT32, INT64 -> fixed(bytes, SIGNED);
            case UINT8, UINT16, UINT32, UINT64, BOOL -> fixed(bytes, 0);
            case FLOAT16, COMPLEX64, COMPLEX128 ->
                throw new IllegalArgumentException("no HDF5 data set of " + type.label() + " is written");
        };
    }

    static HdfType utf8(int bytes) {
        return new HdfType(head(STRING, NUL_PADDED_UTF8, 0, bytes), bytes);
    }

    /** A UTF-8 text that ends with a NUL in memory and stands in the heap of a file. */
    static HdfType variableUtf8() {
        LittleEndianBytes m = head(VARIABLE_LENGTH, 1, 1, HEAP_PLACE_BYTES);
        m.raw(fixed(1, 0).message());
        return new HdfType(m, HEAP_PLACE_BYTES);
    }

    /** How the type stands in a file. */
    byte[] message() {
        return message.toBytes();
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    private static HdfType fixed(int bytes, int flags) {
        LittleEndianBytes m = head(FIXED_POINT, flags, 0, bytes);
        m.u16(0);
        m.u16(8 * bytes);
        return new HdfType(m, bytes);
    }

    private static HdfType floating(int bytes, int mantissaBits, int exponentBits, int bias) {
        LittleEndianBytes m = head(FLOATING_POINT, IMPLIED_BIT, 8 * bytes - 1, bytes);
        m.u16(0);
        m.u16(8 * bytes);
        m.u8(mantissaBits);
        m.u8(exponentBits);
        m.u8(0);
        m.u8(mantissaBits);
        m.u32(bias);
        return new HdfType(m, bytes);
    }

    private static LittleEndianBytes head(int typeClass, int bits0, int bits8, int bytes) {
        LittleEndianBytes m = new LittleEndianBytes();
        m.u8(VERSION | typeClass);
        m.u8(bits0);
        m.u8(bits8);
        m.u8(0);
        m.u32(bytes);
        return m;
    }
}
