package org.fus.hardware.igtl;

import java.nio.charset.StandardCharsets;

/**
 * STRING: a text, such as a command or an event.
 *
 * @param text at most 65535 bytes in UTF-8; sent as US-ASCII where it is
 */
public record IgtlString(String text) implements IgtlContent {
    static final String TYPE = "STRING";

    /** Checks the length. */
    public IgtlString {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > 0xffff) {
            throw new IllegalArgumentException("text of " + bytes + " bytes, expected at most 65535; send it in parts");
        }
    }

    @Override
    public String type() {
        return TYPE;
    }
}
