package org.fus.io.content;

import java.nio.file.Path;
import java.util.List;

/**
 * Writes one format. Found as {@link FileFormat} is, under {@code META-INF/services/org.fus.io.content.ContentWriter}; where
 * several write one extension, the first that holds the content does. Implementations hold no state.
 */
public interface ContentWriter {
    /**
     * The name of the format, with which a caller asks for it.
     *
     * @return such as {@code Iconeus scan v2}, that of its {@link FileFormat}
     */
    String name();

    /**
     * The extensions of its files.
     *
     * @return lower case with the dot, such as {@code .npy}
     */
    List<String> extensions();

    /**
     * Whether the format is meant for such content.
     *
     * @param content what is to be written
     * @return false when {@link #write} would refuse its kind
     */
    boolean holds(Content content);

    /**
     * What a file of this format holds, for messages.
     *
     * @return such as {@code a series of power Doppler volumes}
     */
    String holding();

    /**
     * Writes a file, all or nothing. Whatever can be checked is checked before the first byte is written.
     *
     * @param target where it goes; its folder must exist
     * @param content what it holds; {@link #holds} it
     * @param options what the caller wants
     * @return what the format could not hold, in words; empty when everything was written
     * @throws org.fus.core.error.FusUnsupportedException when the format cannot hold such content
     * @throws org.fus.core.error.FusStorageException when the file cannot be written
     */
    List<String> write(Path target, Content content, WriteOptions options);
}
