package org.fus.io.scan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Collects little-endian fields. */
final class LittleEndianBytes {
    private static final int MAX_U16 = 0xFFFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] scratch = new byte[8];
    private final ByteBuffer field = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);

    void raw(byte[] bytes) {
        out.writeBytes(bytes);
    }

    void zeros(int count) {
        raw(new byte[count]);
    }

    void u8(int v) {
        out.write(v);
    }

    void u16(int v) {
        field.putShort(0, (short) v);
        out.write(scratch, 0, 2);
    }

    void u32(long v) {
        field.putInt(0, (int) v);
        out.write(scratch, 0, 4);
    }

    void i64(long v) {
        field.putLong(0, v);
        out.write(scratch, 0, 8);
    }

    void f32(double v) {
        field.putFloat(0, (float) v);
        out.write(scratch, 0, 4);
    }

    void f64(double v) {
        field.putDouble(0, v);
        out.write(scratch, 0, 8);
    }

    void str16(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_U16) {
            throw new IllegalArgumentException("text of " + utf8.length + " bytes, expected at most " + MAX_U16);
        }
        u16(utf8.length);
        raw(utf8);
    }

    void str32(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        raw(utf8);
    }

    /** All bytes, with their number written as eight bytes at a place. */
    byte[] toBytes(int sizeAt) {
        byte[] bytes = out.toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(sizeAt, bytes.length);
        return bytes;
    }
}
