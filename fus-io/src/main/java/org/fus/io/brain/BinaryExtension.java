package org.fus.io.brain;

import org.fus.io.internal.bytes.LittleEndianBytes;
import org.fus.io.source.Cursor;

/** An {@link org.fus.io.info.Extension} behind the last field of a binary file: {@code FUSX}, a length, the document. */
final class BinaryExtension {
    /** {@code FUSX} as a number. */
    private static final long MARK = 0x58535546L;

    private BinaryExtension() {}

    /** The document at the next byte; empty for none. */
    static String read(Cursor in) {
        if (in.remaining() < 2 * Integer.BYTES || in.u32("end") != MARK) {
            return "";
        }
        return in.text(in.u32("extension"), "extension");
    }

    static void write(LittleEndianBytes out, String extension) {
        if (!extension.isEmpty()) {
            out.u32(MARK);
            out.str32(extension);
        }
    }
}
