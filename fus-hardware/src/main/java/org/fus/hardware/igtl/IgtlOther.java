package org.fus.hardware.igtl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message of a type that has no class here, such as a query ({@code GET_STATUS}): its content as bytes. Immutable. */
public final class IgtlOther implements IgtlContent {
    private static final int FRAME_NAME = 32;

    private final String type;
    private final byte[] bytes;

    private IgtlOther(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * A message of any type.
     *
     * @param type 1 to 12 characters of ASCII without blanks
     * @param bytes the content, without metadata; copied
     * @return the content
     */
    public static IgtlOther of(String type, byte... bytes) {
        if (!WireText.isType(type)) {
            throw new IllegalArgumentException("message type '" + type + "', expected 1 to " + WireText.LONGEST_TYPE
                    + " characters of ASCII without blanks");
        }
        return new IgtlOther(type, bytes.clone());
    }

    /**
     * Asks a tracker to send {@link IgtlTracking} until {@code STP_TDATA}.
     *
     * @param intervalMs least time between two messages, milliseconds
     * @param frame name of the frame of reference, at most 32 Latin-1 characters; empty for the tracker's own
     * @return the query {@code STT_TDATA}
     */
    public static IgtlOther startTracking(int intervalMs, String frame) {
        WireText.requireLatin1("name of the frame", frame, FRAME_NAME);
        byte[] name = Arrays.copyOf(frame.getBytes(StandardCharsets.ISO_8859_1), FRAME_NAME);
        return new IgtlOther(
                "STT_TDATA",
                ByteBuffer.allocate(4 + FRAME_NAME).putInt(intervalMs).put(name).array());
    }

    @Override
    public String type() {
        return type;
    }

    /**
     * The content.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof IgtlOther x && type.equals(x.type) && Arrays.equals(bytes, x.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "IgtlOther[" + type + ", " + bytes.length + " bytes]";
    }
}
