package org.fus.io.nifti;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The fields of a header: where they stand and how wide they are in versions 1 and 2 of the format. */
enum NiftiField {
    DIM_INFO(39, Kind.I8, 524, Kind.I8, 1),
    DIM(40, Kind.I16, 16, Kind.I64, 8),
    INTENT_P1(56, Kind.F32, 80, Kind.F64, 1),
    INTENT_P2(60, Kind.F32, 88, Kind.F64, 1),
    INTENT_P3(64, Kind.F32, 96, Kind.F64, 1),
    INTENT_CODE(68, Kind.I16, 504, Kind.I32, 1),
    DATATYPE(70, Kind.I16, 12, Kind.I16, 1),
    BITPIX(72, Kind.I16, 14, Kind.I16, 1),
    SLICE_START(74, Kind.I16, 224, Kind.I64, 1),
    PIXDIM(76, Kind.F32, 104, Kind.F64, 8),
    VOX_OFFSET(108, Kind.F32, 168, Kind.I64, 1),
    SCL_SLOPE(112, Kind.F32, 176, Kind.F64, 1),
    SCL_INTER(116, Kind.F32, 184, Kind.F64, 1),
    SLICE_END(120, Kind.I16, 232, Kind.I64, 1),
    SLICE_CODE(122, Kind.I8, 496, Kind.I32, 1),
    XYZT_UNITS(123, Kind.I8, 500, Kind.I32, 1),
    CAL_MAX(124, Kind.F32, 192, Kind.F64, 1),
    CAL_MIN(128, Kind.F32, 200, Kind.F64, 1),
    SLICE_DURATION(132, Kind.F32, 208, Kind.F64, 1),
    TOFFSET(136, Kind.F32, 216, Kind.F64, 1),
    DESCRIP(148, Kind.I8, 240, Kind.I8, 80),
    AUX_FILE(228, Kind.I8, 320, Kind.I8, 24),
    QFORM_CODE(252, Kind.I16, 344, Kind.I32, 1),
    SFORM_CODE(254, Kind.I16, 348, Kind.I32, 1),
    QUATERN(256, Kind.F32, 352, Kind.F64, 3),
    QOFFSET(268, Kind.F32, 376, Kind.F64, 3),
    SROW(280, Kind.F32, 400, Kind.F64, 12),
    INTENT_NAME(328, Kind.I8, 508, Kind.I8, 16);

    private enum Kind {
        I8(1),
        I16(2),
        I32(4),
        I64(8),
        F32(4),
        F64(8);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }
    }

    private final int at1;
    private final Kind kind1;
    private final int at2;
    private final Kind kind2;
    private final int count;

    NiftiField(int at1, Kind kind1, int at2, Kind kind2, int count) {
        this.at1 = at1;
        this.kind1 = kind1;
        this.at2 = at2;
        this.kind2 = kind2;
        this.count = count;
    }

    int count() {
        return count;
    }

    /** The first byte of an entry. */
    int at(int version, int index) {
        return version == 1 ? at1 + index * kind1.bytes : at2 + index * kind2.bytes;
    }

    /** An entry; 64-bit whole numbers beyond 2^53, which no file reaches, are rounded. */
    double get(ByteBuffer header, int version, int index) {
        int at = at(version, index);
        return switch (version == 1 ? kind1 : kind2) {
            case I8 -> header.get(at);
            case I16 -> header.getShort(at);
            case I32 -> header.getInt(at);
            case I64 -> header.getLong(at);
            case F32 -> header.getFloat(at);
            case F64 -> header.getDouble(at);
        };
    }

    void put(ByteBuffer header, int version, int index, double value) {
        int at = at(version, index);
        switch (version == 1 ? kind1 : kind2) {
            case I8 -> header.put(at, (byte) value);
            case I16 -> header.putShort(at, (short) value);
            case I32 -> header.putInt(at, (int) value);
            case I64 -> header.putLong(at, (long) value);
            case F32 -> header.putFloat(at, (float) value);
            case F64 -> header.putDouble(at, value);
        }
    }

    /** The characters up to the first NUL. */
    String text(ByteBuffer header, int version) {
        byte[] bytes = new byte[count];
        header.get(at(version, 0), bytes);
        int n = 0;
        while (n < count && bytes[n] != 0) {
            n++;
        }
        return new String(bytes, 0, n, StandardCharsets.UTF_8).strip();
    }

    /** Puts as many whole characters as fit. */
    void putText(ByteBuffer header, int version, String text) {
        String fitting = text;
        while (fitting.getBytes(StandardCharsets.UTF_8).length >= count) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        header.put(at(version, 0), fitting.getBytes(StandardCharsets.UTF_8));
    }
}
