package org.fus.io.content;

import java.nio.file.Path;
import java.util.List;

/** Writes one format. Implementations hold no state. */
public interface ContentWriter {
    /**
     * The extension of its files.
     *
     * @return lower case with the dot, such as {@code .npy}
     */
    String extension();

    /**
     * Writes a file, all or nothing.
     *
     * @param target where it goes; an existing file is replaced
     * @param content what it holds
     * @return what the format could not hold, in words; empty when everything was written
     * @throws org.fus.core.error.FusUnsupportedException when the format cannot hold such content
     * @throws org.fus.core.error.FusStorageException when the file cannot be written
     */
    List<String> write(Path target, Content content);
}
