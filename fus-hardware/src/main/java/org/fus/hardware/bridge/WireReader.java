package org.fus.hardware.bridge;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the body of a message, little-endian. Nothing is allocated for more than what is there. */
final class WireReader {
    private final String link;
    private final MessageType type;
    private final ByteBuffer in;

    WireReader(String link, MessageType type, byte[] body, int length) {
        this.link = link;
        this.type = type;
        this.in = ByteBuffer.wrap(body, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    int u8() {
        return Byte.toUnsignedInt(need(1).get());
    }

    boolean flag() {
        int v = u8();
        if (v > 1) {
            throw fault("a flag is " + v + ", expected 0 or 1");
        }
        return v == 1;
    }

    int u16() {
        return Short.toUnsignedInt(need(2).getShort());
    }

    /** A number of 32 bits that a Java int can hold. */
    int u32() {
        int v = need(4).getInt();
        if (v < 0) {
            throw fault("a number is " + Integer.toUnsignedString(v) + ", expected at most " + Integer.MAX_VALUE);
        }
        return v;
    }

    long i64() {
        return need(8).getLong();
    }

    double f64() {
        return need(8).getDouble();
    }

    List<Double> f64s(int count) {
        return list(count, 8, WireReader::f64);
    }

    String text() {
        int length = u16();
        need(length);
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    <T> T oneOf(List<T> choices) {
        int v = u8();
        if (v >= choices.size()) {
            throw fault("a choice is " + v + ", expected 0 to " + (choices.size() - 1) + " for one of " + choices);
        }
        return choices.get(v);
    }

    /** A list of so many items, each of at least so many bytes. */
    <T> List<T> list(int count, int leastBytes, Function<WireReader, T> one) {
        if ((long) count * leastBytes > in.remaining()) {
            throw fault("a list of " + count + " items of at least " + leastBytes + " bytes, but " + in.remaining()
                    + " bytes are left");
        }
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(one.apply(this));
        }
        return items;
    }

    /** The rest of the message, copied to a place. */
    int rest(MemorySegment target, long offset) {
        int n = in.remaining();
        if (offset < 0 || n > target.byteSize() || offset > target.byteSize() - n) {
            throw fault(n + " bytes at " + offset + " of a block of at most " + target.byteSize());
        }
        MemorySegment.copy(in.array(), in.position(), target, ValueLayout.JAVA_BYTE, offset, n);
        in.position(in.limit());
        return n;
    }

    /** The rest of the message. */
    byte[] rest() {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    /** The rest of the message, apart from the link's buffer. */
    WireReader copy() {
        byte[] bytes = rest();
        return new WireReader(link, type, bytes, bytes.length);
    }

    void end() {
        if (in.hasRemaining()) {
            throw fault(in.remaining() + " bytes more than expected");
        }
    }

    ProtocolFault fault(String problem) {
        return new ProtocolFault(link, "message " + type + ": " + problem + "; check the versions of both ends");
    }

    private ByteBuffer need(int bytes) {
        if (in.remaining() < bytes) {
            throw fault("it ends after " + in.limit() + " bytes, expected at least " + (in.position() + bytes));
        }
        return in;
    }
}
