package org.fus.hardware.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes the body of a message, little-endian. */
final class WireWriter {
    private ByteBuffer out = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

    WireWriter u8(int v) {
        room(1).put((byte) v);
        return this;
    }

    WireWriter flag(boolean v) {
        return u8(v ? 1 : 0);
    }

    /** One of a list, by its place. */
    <T> WireWriter oneOf(List<T> choices, T v) {
        int index = choices.indexOf(v);
        if (index < 0) {
            throw new IllegalArgumentException(v + " has no code in the protocol of the bridge");
        }
        return u8(index);
    }

    WireWriter u16(int v) {
        room(2).putShort((short) v);
        return this;
    }

    WireWriter u32(int v) {
        room(4).putInt(v);
        return this;
    }

    WireWriter i64(long v) {
        room(8).putLong(v);
        return this;
    }

    WireWriter f64(double v) {
        room(8).putDouble(v);
        return this;
    }

    WireWriter f64s(Collection<Double> values) {
        values.forEach(this::f64);
        return this;
    }

    /** A text; what does not fit a length of 16 bits is cut off. */
    WireWriter text(String v) {
        byte[] utf8 = v.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, 0xFFFF);
        while (length < utf8.length && (utf8[length] & 0xC0) == 0x80) {
            length--; // not within a character
        }
        u16(length);
        room(length).put(utf8, 0, length);
        return this;
    }

    <T> WireWriter list(Collection<T> items, BiConsumer<WireWriter, T> one) {
        u32(items.size());
        items.forEach(i -> one.accept(this, i));
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int more = Math.max(2 * out.capacity(), out.position() + bytes);
            out = ByteBuffer.allocate(more).order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
        }
        return out;
    }
}
