package org.fus.io.internal.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Collects little-endian fields. */
public final class LittleEndianBytes {
    private static final int MAX_U16 = 0xFFFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] scratch = new byte[8];
    private final ByteBuffer field = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);

    /** Bytes as they are. */
    public void raw(byte... bytes) {
        out.writeBytes(bytes);
    }

    /** Zeros. */
    public void zeros(int count) {
        raw(new byte[count]);
    }

    /** One byte. */
    public void u8(int v) {
        out.write(v);
    }

    /** Two bytes. */
    public void u16(int v) {
        field.putShort(0, (short) v);
        out.write(scratch, 0, 2);
    }

    /** Four bytes. */
    public void u32(long v) {
        field.putInt(0, (int) v);
        out.write(scratch, 0, 4);
    }

    /** Eight bytes. */
    public void i64(long v) {
        field.putLong(0, v);
        out.write(scratch, 0, 8);
    }

    /** Single precision, rounded to the nearest. */
    public void f32(double v) {
        field.putFloat(0, (float) v);
        out.write(scratch, 0, 4);
    }

    /** Double precision. */
    public void f64(double v) {
        field.putDouble(0, v);
        out.write(scratch, 0, 8);
    }

    /** UTF-8 behind its length in two bytes. */
    public void str16(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_U16) {
            throw new IllegalArgumentException("text of " + utf8.length + " bytes, expected at most " + MAX_U16);
        }
        u16(utf8.length);
        raw(utf8);
    }

    /** UTF-8 behind its length in four bytes. */
    public void str32(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        raw(utf8);
    }

    /** The number of bytes so far. */
    public int size() {
        return out.size();
    }

    /** All bytes so far. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** All bytes, with their number written as eight bytes at a place. */
    public byte[] toBytes(int sizeAt) {
        byte[] bytes = out.toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(sizeAt, bytes.length);
        return bytes;
    }
}
