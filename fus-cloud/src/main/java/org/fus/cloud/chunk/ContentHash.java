package org.fus.cloud.chunk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of some bytes, which is their name in a store (FIPS 180-4). Immutable.
 *
 * @param a bytes 0 to 7, big-endian
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record ContentHash(long a, long b, long c, long d) {
    /** Bytes of a hash. */
    public static final int BYTES = 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /**
     * Hashes bytes.
     *
     * @param bytes the content
     * @return its name
     */
    public static ContentHash of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /**
     * Hashes bytes.
     *
     * @param bytes read from position to limit
     * @return their name
     */
    public static ContentHash of(ByteBuffer bytes) {
        MessageDigest digest = digest();
        digest.update(bytes);
        return read(ByteBuffer.wrap(digest.digest()));
    }

    /**
     * A new SHA-256.
     *
     * @return for bytes that come in parts
     */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Takes the next 32 bytes as a hash.
     *
     * @param from big-endian
     * @return the hash
     */
    public static ContentHash read(ByteBuffer from) {
        return new ContentHash(from.getLong(), from.getLong(), from.getLong(), from.getLong());
    }

    /**
     * Writes the 32 bytes.
     *
     * @param to big-endian
     */
    public void write(ByteBuffer to) {
        to.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    /**
     * Reads the form that {@link #hex} gives.
     *
     * @param hex 64 lower-case digits
     * @return the hash
     * @throws IllegalArgumentException when it is none
     */
    public static ContentHash parse(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("SHA-256 '" + hex + "': expected 64 digits 0 to 9, a to f");
        }
        return read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    /**
     * The hash as text.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String hex() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return HexFormat.of().formatHex(bytes.array());
    }

    @Override
    public String toString() {
        return hex();
    }
}
