package org.fus.io.source;

import java.util.List;
import java.util.Optional;

/**
 * Named byte sources that stand together: a folder, a prefix in a store. Formats of several files find their parts here.
 * Safe for use by many threads; holds nothing that needs closing.
 */
public interface ByteFolder {
    /**
     * The name for messages.
     *
     * @return such as {@code /data/rat1}
     */
    String name();

    /**
     * What the folder holds, files and folders.
     *
     * @return names without a path, sorted
     * @throws org.fus.core.error.FusStorageException when the folder cannot be read
     */
    List<String> names();

    /**
     * A file.
     *
     * @param path name, or names of folders and a name joined by {@code /}, below this folder
     * @return the bytes, when there is such a file
     * @throws IllegalArgumentException when the path leads out of this folder
     */
    Optional<ByteSource> file(String path);

    /**
     * A folder below this one.
     *
     * @param path as for {@link #file}
     * @return the folder, when there is one
     * @throws IllegalArgumentException when the path leads out of this folder
     */
    Optional<ByteFolder> folder(String path);

    /**
     * The folder in which this one stands.
     *
     * @return none at the top of a store
     */
    Optional<ByteFolder> parent();

    /**
     * Refuses a path that leads out of a folder.
     *
     * @param path names joined by {@code /}
     * @return the path
     * @throws IllegalArgumentException when a name is empty, {@code .} or {@code ..}
     */
    static String requireInside(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0) {
                throw new IllegalArgumentException(
                        "path '" + path + "' inside a folder: expected names joined by '/', none of them '.' or '..'");
            }
        }
        return path;
    }
}
