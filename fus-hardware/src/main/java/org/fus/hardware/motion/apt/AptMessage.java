package org.fus.hardware.motion.apt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fus.hardware.motion.ControllerLink;

/**
 * One message: a header of six bytes (identity, then two parameters or the length of the data, destination, source),
 * perhaps followed by data. Low byte first.
 */
final class AptMessage {
    private static final int HOST = 0x01;
    private static final int LONG = 0x80;

    /** The longest that a motor controller sends is the 84 bytes of its description. */
    private static final int LONGEST = 255;

    private final int id;
    private final int address;
    private final byte[] data;

    private AptMessage(int id, int address, byte[] data) {
        this.id = id;
        this.address = address;
        this.data = data;
    }

    int id() {
        return id;
    }

    /** Of the module that sent it. */
    int address() {
        return address;
    }

    /** Empty for a short message. */
    byte[] data() {
        return data;
    }

    static byte[] brief(int id, int param1, int param2, int address) {
        return header().putShort((short) id)
                .put((byte) param1)
                .put((byte) param2)
                .put((byte) address)
                .put((byte) HOST)
                .array();
    }

    static byte[] extended(int id, int address, byte[] data) {
        return ByteBuffer.allocate(6 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) id)
                .putShort((short) data.length)
                .put((byte) (address | LONG))
                .put((byte) HOST)
                .put(data)
                .array();
    }

    private static ByteBuffer header() {
        return ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads one message that is meant for the host; anything else is a failure of kind PROTOCOL. */
    static AptMessage read(ControllerLink link, long deadlineNs) {
        ByteBuffer h = ByteBuffer.wrap(link.readExactly(6, deadlineNs)).order(ByteOrder.LITTLE_ENDIAN);
        int id = h.getShort(0) & 0xffff;
        int destination = h.get(4) & 0xff;
        int source = h.get(5) & 0xff;
        if ((destination & ~LONG) != HOST) {
            throw link.protocol("sent a message 0x" + Integer.toHexString(id) + " to 0x"
                    + Integer.toHexString(destination) + ", expected to the host, 0x1");
        }
        byte[] data = {};
        if ((destination & LONG) != 0) {
            int length = h.getShort(2) & 0xffff;
            if (length < 1 || length > LONGEST) {
                throw link.protocol("sent a message 0x" + Integer.toHexString(id) + " of " + length
                        + " bytes, expected 1 to " + LONGEST);
            }
            data = link.readExactly(length, deadlineNs);
        }
        return new AptMessage(id, source, data);
    }
}
