package org.fus.io.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.ByteSource;

/** What a format may look at to recognise a file: name, first bytes, names of HDF5 nodes. Not thread-safe. */
public final class FileHead {
    /** The first bytes that are at hand. */
    public static final int HEAD_BYTES = 4096;

    private final ByteSource source;
    private final byte[] bytes;
    private Hdf hdf;
    private boolean hdfTried;

    /**
     * Reads the first bytes.
     *
     * @param source the file
     */
    public FileHead(ByteSource source) {
        this.source = source;
        this.bytes = source.head(HEAD_BYTES);
    }

    /**
     * The file.
     *
     * @return the source
     */
    public ByteSource source() {
        return source;
    }

    /**
     * The first bytes.
     *
     * @return {@link #HEAD_BYTES}, or all when the file is shorter; a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Whether the file starts with a text.
     *
     * @param ascii the text
     * @return true when its bytes are the first of the file
     */
    public boolean startsWith(String ascii) {
        return startsWith(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Whether the file starts with some bytes.
     *
     * @param magic the bytes
     * @return true when they are the first of the file
     */
    public boolean startsWith(byte... magic) {
        int n = magic.length;
        return bytes.length >= n && Arrays.equals(bytes, 0, n, magic, 0, n);
    }

    /**
     * Whether the name ends with an extension.
     *
     * @param extension lower case with the dot
     * @return true also for a name in upper case
     */
    public boolean hasExtension(String extension) {
        return source.name().toLowerCase(Locale.ROOT).endsWith(extension);
    }

    /**
     * Whether the file is HDF5, at the start or behind a user block.
     *
     * @return true when the signature of HDF5 is where it may be
     */
    public boolean isHdf5() {
        return Hdf.hasSignature(source);
    }

    /**
     * Whether the file is HDF5 and has a node.
     *
     * @param path names of groups and of the node, joined by {@code /}
     * @return false also when the file is damaged on the way to the node
     */
    public boolean hasNode(String path) {
        if (!hdfTried && isHdf5()) {
            hdf = Hdf.tryOpen(source).orElse(null);
        }
        hdfTried = true;
        return hdf != null && hdf.tryHas(path);
    }
}
