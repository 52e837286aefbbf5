package org.fus.io.record;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.scan.ScanRepair;
import org.fus.io.source.PathFolder;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrGroup;

/** Compares checksums of whole files, and ends recordings that a crash has interrupted. */
public final class Integrity {
    private Integrity() {}

    /**
     * Reads all of a file and compares every checksum that its format has.
     *
     * @param path a recording or another Zarr store, or a {@code .scan}
     * @return what is wrong, in words; empty when all is well
     * @throws FusUnsupportedException when the format has no checksums
     * @throws org.fus.core.error.FusFormatException when the file does not open
     * @throws org.fus.core.error.FusStorageException when it cannot be read
     */
    public static List<String> verify(Path path) {
        if (Files.isDirectory(path)) {
            return verify(PathFolder.of(path), "");
        }
        if (isScan(path)) {
            return ScanRepair.verify(path);
        }
        throw unsupported(path, "compare checksums");
    }

    /**
     * Ends a recording that nobody writes to any more. What was acknowledged is kept.
     *
     * @param path a recording, or a {@code .scan} that was growing
     * @return what was done, in words; empty when there was nothing to do
     * @throws FusUnsupportedException when it is neither
     * @throws org.fus.core.error.FusFormatException when its metadata are damaged
     * @throws org.fus.core.error.FusStorageException when it cannot be written
     */
    public static List<String> repair(Path path) {
        if (Files.isDirectory(path)) {
            return RecordingRepair.repair(path);
        }
        if (isScan(path)) {
            return ScanRepair.repair(path);
        }
        throw unsupported(path, "repair");
    }

    private static List<String> verify(PathFolder folder, String path) {
        if (ZarrGroup.kind(folder, path) == ZarrGroup.Kind.ARRAY) {
            return ZarrArray.open(folder, path).verify();
        }
        ZarrGroup group = ZarrGroup.open(folder, path);
        if (path.isEmpty() && Recording.is(group)) {
            return Recording.open(folder).verify();
        }
        List<String> problems = new ArrayList<>();
        for (String member : group.members()) {
            problems.addAll(verify(folder, path.isEmpty() ? member : path + "/" + member));
        }
        return problems;
    }

    private static boolean isScan(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".scan");
    }

    private static FusUnsupportedException unsupported(Path path, String what) {
        return new FusUnsupportedException(
                path + ": cannot " + what + " (expected a recording, a Zarr store, or a .scan); convert it to one");
    }
}
