package org.fus.io.content;

import org.fus.io.source.ByteFolder;

/**
 * Reads a format whose content is a folder, such as a Zarr store. Found as {@link FileFormat} is, under
 * {@code META-INF/services/org.fus.io.content.FolderFormat}.
 */
public interface FolderFormat {
    /**
     * The name for people.
     *
     * @return such as {@code Zarr v3 recording}
     */
    String name();

    /**
     * Tells by what it holds whether a folder is of this format.
     *
     * @param folder the folder
     * @return true when {@link #open} should be tried
     */
    boolean recognises(ByteFolder folder);

    /**
     * Opens a folder: reads what describes it, not its values.
     *
     * @param folder the folder
     * @param options what the caller wants
     * @return its content, whose values are read as they are used
     * @throws org.fus.core.error.FusFormatException when the bytes are not what the format demands
     * @throws org.fus.core.error.FusUnsupportedFormatException when the format allows what this version does not read
     * @throws org.fus.core.error.FusStorageException when the bytes cannot be read
     */
    Content open(ByteFolder folder, OpenOptions options);
}
