package org.fus.hardware.trigger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes that stand for an event, such as {@code T} for a pulse on an Arduino's pin. Immutable.
 *
 * @param channel name of the line
 * @param hex the bytes, two hexadecimal digits each, 1 to 64 bytes
 */
public record BytePattern(String channel, String hex) {
    /** Checks the digits. */
    public BytePattern {
        if (!hex.matches("([0-9a-fA-F]{2}){1,64}")) {
            throw new IllegalArgumentException(
                    "pattern '" + hex + "' of channel " + channel + ", expected 1 to 64 bytes as hexadecimal digits");
        }
    }

    /**
     * A pattern of text.
     *
     * @param channel name of the line
     * @param text ASCII
     * @return the pattern
     */
    public static BytePattern ofText(String channel, String text) {
        return new BytePattern(channel, HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
