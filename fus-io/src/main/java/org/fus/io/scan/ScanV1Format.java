package org.fus.io.scan;

import java.util.Arrays;
import java.util.List;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.source.ByteSource;

/** Recognises version 1, which is HDF5, and says that it is not read. */
public final class ScanV1Format implements FileFormat {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
    private static final int USER_BLOCK_BYTES = 512;

    /** Makes the reader. */
    public ScanV1Format() {}

    @Override
    public String name() {
        return "Iconeus scan v1 (HDF5)";
    }

    @Override
    public List<String> extensions() {
        return List.of(".scan");
    }

    @Override
    public boolean recognises(byte[] head) {
        return at(head, 0) || at(head, USER_BLOCK_BYTES);
    }

    @Override
    public Content read(ByteSource source) {
        throw new FusUnsupportedException(
                source.name() + ": " + name() + " is not supported (expected Iconeus scan v2, binary); convert it to "
                        + "version 2 with the vendor's software");
    }

    private static boolean at(byte[] head, int offset) {
        int end = offset + SIGNATURE.length;
        return head.length >= end && Arrays.equals(head, offset, end, SIGNATURE, 0, SIGNATURE.length);
    }
}
