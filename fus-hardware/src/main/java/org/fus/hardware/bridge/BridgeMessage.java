package org.fus.hardware.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One message.
 *
 * @param type which
 * @param flags {@link #REPLY}, {@link #REFUSED}
 * @param request ties a reply to its question; 0 when no reply is wanted
 * @param body what it says
 */
record BridgeMessage(MessageType type, int flags, int request, WireWriter body) {
    /** {@code u32 length, u16 type, u16 flags, u32 request}. */
    static final int HEADER = 12;

    /** The longest body, bytes; a program of 1024 laws of delays for 1024 elements fits. */
    static final int MAX_BODY = 16 << 20;

    /** Samples in one part of a block, bytes at most: other messages pass between two parts. */
    static final int MAX_PART = 256 << 10;

    static final int REPLY = 1;
    static final int REFUSED = 2;

    static BridgeMessage of(MessageType type, WireWriter body) {
        return new BridgeMessage(type, 0, 0, body);
    }

    static BridgeMessage of(MessageType type) {
        return new BridgeMessage(type, 0, 0, new WireWriter());
    }

    static BridgeMessage reply(MessageType type, int request, WireWriter body) {
        return new BridgeMessage(type, REPLY, request, body);
    }

    static BridgeMessage refusal(MessageType type, int request, String why) {
        return new BridgeMessage(type, REPLY | REFUSED, request, new WireWriter().text(why));
    }

    /** A part of a block, so long that it can be filled again. */
    static ByteBuffer part(byte[] target, int slot, long offset, int samples) {
        ByteBuffer b = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
        header(b, 12 + samples, MessageType.BLOCK_PART, 0, 0);
        return b.putInt(slot).putLong(offset);
    }

    byte[] bytes() {
        byte[] content = body.bytes();
        if (content.length > MAX_BODY) {
            throw new IllegalArgumentException("message " + type + " of " + content.length + " bytes, at most "
                    + MAX_BODY + " are possible; use a shorter program");
        }
        ByteBuffer b = ByteBuffer.allocate(HEADER + content.length).order(ByteOrder.LITTLE_ENDIAN);
        header(b, content.length, type, flags, request);
        return b.put(content).array();
    }

    private static void header(ByteBuffer b, int length, MessageType type, int flags, int request) {
        b.putInt(length).putShort((short) type.code()).putShort((short) flags).putInt(request);
    }
}
