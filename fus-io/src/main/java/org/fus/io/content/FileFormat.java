package org.fus.io.content;

import java.util.List;
import org.fus.io.source.ByteSource;

/**
 * Reads one format. To add a format: implement this, add it to the list in {@code org.fus.io.FusFiles}, and give it a test
 * that reads a sample and a test that damages it. Implementations hold no state.
 */
public interface FileFormat {
    /** Bytes that {@link #recognises} may look at. */
    int HEAD_BYTES = 4096;

    /**
     * The name for people.
     *
     * @return such as {@code Iconeus scan v2}
     */
    String name();

    /**
     * The extensions of its files.
     *
     * @return lower case with the dot, such as {@code .scan}
     */
    List<String> extensions();

    /**
     * Tells by the first bytes whether a file may be of this format.
     *
     * @param head the first {@link #HEAD_BYTES} bytes, or all when the file is shorter
     * @return true when {@link #read} should be tried
     */
    boolean recognises(byte[] head);

    /**
     * Reads a file.
     *
     * @param source the bytes
     * @return its content
     * @throws org.fus.core.error.FusFormatException when the bytes are not what the format demands
     * @throws org.fus.core.error.FusUnsupportedException when the format allows what this version does not read
     * @throws org.fus.core.error.FusStorageException when the bytes cannot be read
     */
    Content read(ByteSource source);
}
