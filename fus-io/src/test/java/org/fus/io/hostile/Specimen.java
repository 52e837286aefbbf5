package org.fus.io.hostile;

import java.util.Map;
import java.util.TreeMap;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.MemoryFolder;

/**
 * A small sound file with those beside it.
 *
 * @param name for reports
 * @param opened the file that is opened; empty when the folder itself is, such as a Zarr store
 * @param files bytes by path within the folder; not to be changed
 */
record Specimen(String name, String opened, Map<String, byte[]> files) {
    static final String FOLDER = "lab";

    Specimen {
        files = new TreeMap<>(files);
        if (!opened.isEmpty() && !files.containsKey(opened)) {
            throw new IllegalArgumentException(name + ": no " + opened + " among " + files.keySet());
        }
    }

    /** The same with other files. */
    Specimen with(Map<String, byte[]> changed) {
        return new Specimen(name, changed.containsKey(opened) ? opened : "", changed);
    }

    MemoryFolder folder() {
        return MemoryFolder.of(FOLDER, files);
    }

    /** Opens the file or the folder from any folder that holds these files. */
    Content open(ByteFolder folder) {
        return opened.isEmpty()
                ? FusFiles.open(folder, OpenOptions.DEFAULTS)
                : FusFiles.open(folder.file(opened).orElseThrow());
    }

    @Override
    public String toString() {
        return name;
    }
}
