package org.fus.hardware.igtl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fus.core.error.FusFormatException;

/** Texts on the wire: fields of fixed length, and texts with an encoding number of IANA (MIBenum). */
final class WireText {
    static final int LONGEST_TYPE = 12;
    static final int US_ASCII = 3;
    private static final int ISO_8859_1 = 4;
    private static final int UTF_8 = 106;

    private WireText() {}

    static void requireLatin1(String what, String text, int longest) {
        boolean fits = text.length() <= longest && text.chars().allMatch(c -> c > 0 && c < 256);
        if (!fits) {
            throw new IllegalArgumentException(
                    what + " '" + text + "', expected at most " + longest + " Latin-1 characters");
        }
    }

    static boolean isType(String type) {
        return !type.isEmpty() && type.length() <= LONGEST_TYPE && type.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Writes a text into a field that zeros fill up. */
    static void put(ByteBuffer target, String text, int length) {
        target.put(Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), length));
    }

    /** Reads a field of fixed length up to its first zero. */
    static String get(ByteBuffer source, int length) {
        byte[] field = new byte[length];
        source.get(field);
        int end = 0;
        while (end < length && field[end] != 0) {
            end++;
        }
        return new String(field, 0, end, StandardCharsets.ISO_8859_1);
    }

    static int encodingOf(String text) {
        return text.chars().allMatch(c -> c < 128) ? US_ASCII : UTF_8;
    }

    /** Bytes in the encoding that {@link #encodingOf} names: ASCII is UTF-8 too. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String decode(String source, String where, int encoding, ByteBuffer bytes) {
        Charset charset = switch (encoding) {
            // programs that say ASCII and send UTF-8 are common
            case US_ASCII, UTF_8 -> StandardCharsets.UTF_8;
            case ISO_8859_1 -> StandardCharsets.ISO_8859_1;
            default ->
                throw new FusFormatException(
                        source, where, "encoding " + encoding + ", expected 3 (ASCII), 4 (Latin-1) or 106 (UTF-8)");
        };
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new FusFormatException(
                    source, where, "the text is not " + charset + "; the sender must encode it so", e);
        }
    }
}
