package org.fus.hardware.igtl;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.fus.core.error.FusFormatException;

/**
 * The first 58 bytes of a message.
 *
 * @param version 1: the body is the content; 2: it has an extended header and metadata
 * @param type name of the message type
 * @param device name of the device
 * @param timestamp when the content was so
 * @param bodySize bytes that follow, unsigned
 * @param crc CRC-64 of the body
 */
record IgtlHeader(int version, String type, String device, Instant timestamp, long bodySize, long crc) {
    static final int BYTES = 58;
    static final int NEWEST_VERSION = 2;

    private static final double NANOS_PER_TICK = 1e9 / 4294967296.0;

    /** Reads a header; what it says about the body is not checked here. */
    static IgtlHeader parse(String source, byte[] bytes) {
        ByteBuffer b = ByteBuffer.wrap(bytes);
        int version = b.getShort() & 0xffff;
        if (version < 1 || version > NEWEST_VERSION) {
            throw new FusFormatException(
                    source, "header version", "expected 1 or 2, got " + version + "; is this OpenIGTLink?");
        }
        String type = WireText.get(b, WireText.LONGEST_TYPE);
        if (!WireText.isType(type)) {
            throw new FusFormatException(
                    source, "message type", "expected ASCII without blanks, got '" + type + "'; is this OpenIGTLink?");
        }
        String device = WireText.get(b, IgtlMessage.LONGEST_NAME);
        long seconds = b.getInt() & 0xffff_ffffL;
        long ticks = b.getInt() & 0xffff_ffffL;
        Instant timestamp = Instant.ofEpochSecond(seconds, Math.round(ticks * NANOS_PER_TICK));
        if (timestamp.getEpochSecond() > seconds) { // the last tick of a second rounds up
            timestamp = Instant.ofEpochSecond(seconds, 999_999_999);
        }
        return new IgtlHeader(version, type, device, timestamp, b.getLong(), b.getLong());
    }

    void write(ByteBuffer target) {
        target.putShort((short) version);
        WireText.put(target, type, WireText.LONGEST_TYPE);
        WireText.put(target, device, IgtlMessage.LONGEST_NAME);
        target.putInt((int) timestamp.getEpochSecond());
        target.putInt((int) Math.round(timestamp.getNano() / NANOS_PER_TICK));
        target.putLong(bodySize);
        target.putLong(crc);
    }
}
