package org.fus.hardware.igtl;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One message.
 *
 * @param device who it is from or about, at most 20 Latin-1 characters
 * @param timestamp when its content was so, to a quarter of a nanosecond on the wire; the epoch where nobody says
 * @param content what it says
 * @param metadata names and values in order; header version 1 does not carry them
 * @param messageId number of the message, 0 to 2^32 - 1; header version 1 does not carry it
 */
public record IgtlMessage(
        String device, Instant timestamp, IgtlContent content, Map<String, String> metadata, long messageId) {
    /** Longest name of a device, bytes. */
    public static final int LONGEST_NAME = 20;

    /** Their index must fit into 65535 bytes. */
    private static final int MOST_ENTRIES = 8191;

    private static final long UINT32 = 0xffff_ffffL;

    /** Checks and copies. */
    public IgtlMessage {
        WireText.requireLatin1("name of the device", device, LONGEST_NAME);
        Objects.requireNonNull(content, "content");
        if (timestamp.getEpochSecond() < 0 || timestamp.getEpochSecond() > UINT32) {
            throw new IllegalArgumentException("timestamp " + timestamp + ", expected 1970 to 2106");
        }
        if (messageId < 0 || messageId > UINT32) {
            throw new IllegalArgumentException("message id " + messageId + ", expected 0 to 4294967295");
        }
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (metadata.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "metadata of " + metadata.size() + " entries, expected at most " + MOST_ENTRIES);
        }
        metadata.forEach((key, value) -> {
            int bytes = WireText.bytes(key).length;
            if (bytes == 0 || bytes > 0xffff || value == null) {
                throw new IllegalArgumentException(
                        "metadata '" + key + "' = '" + value + "', expected a name of 1 to 65535 bytes and a value");
            }
        });
    }

    /**
     * A message of now without metadata.
     *
     * @param device who it is from or about
     * @param content what it says
     * @return the message
     */
    public static IgtlMessage of(String device, IgtlContent content) {
        return new IgtlMessage(device, Instant.now(), content, Map.of(), 0);
    }

    /**
     * The same message of another time.
     *
     * @param changed when its content was so
     * @return a changed copy
     */
    public IgtlMessage at(Instant changed) {
        return new IgtlMessage(device, changed, content, metadata, messageId);
    }

    /**
     * The same message with metadata.
     *
     * @param changed names and values; replaces what is there
     * @return a changed copy
     */
    public IgtlMessage withMetadata(Map<String, String> changed) {
        return new IgtlMessage(device, timestamp, content, changed, messageId);
    }

    /** What tells streams apart: a newer message of the same stream makes this one old. */
    String stream() {
        return content.type() + '\0' + device;
    }
}
