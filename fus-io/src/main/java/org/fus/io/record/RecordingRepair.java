package org.fus.io.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Disk;
import org.fus.io.source.PathFolder;
import org.fus.io.source.StorageFailures;
import org.fus.io.zarr.FolderStore;

/**
 * Ends a recording that a crash has interrupted: what belongs to nobody is deleted, blocks that cannot be read are put aside
 * under a name that starts with {@code damaged.}, and the metadata are finished. Samples are never changed. A repair that is
 * interrupted itself can be repeated.
 */
public final class RecordingRepair {
    private static final String ASIDE = "damaged.";

    private RecordingRepair() {}

    /**
     * Repairs a recording that nobody writes to any more.
     *
     * @param folder of the store
     * @return what was done, in words; empty when there was nothing to do
     * @throws org.fus.core.error.FusFormatException when it is no recording, or its metadata are damaged
     * @throws org.fus.core.error.FusStorageException when the folder cannot be written
     */
    public static List<String> repair(Path folder) {
        return repair(folder, Disk.local());
    }

    /**
     * Repairs a recording through a disk.
     *
     * @param folder of the store
     * @param disk takes the changes
     * @return as {@link #repair(Path)}
     */
    public static List<String> repair(Path folder, Disk disk) {
        Recording recording = Recording.open(folder);
        FolderStore store = FolderStore.of(folder, disk);
        List<String> done = new ArrayList<>();
        for (Path below : List.of(folder, folder.resolve(RecordingLayout.DATA))) {
            for (String name : PathFolder.of(below).names()) {
                if (name.startsWith(".") && name.endsWith(AtomicFile.TEMPORARY)) {
                    change(folder, () -> disk.delete(below.resolve(name)));
                    done.add("deleted " + name + ", which was never finished");
                }
            }
        }
        if (recording.complete()) {
            return done;
        }
        List<String> damaged = new ArrayList<>();
        Set<Long> whole = new HashSet<>(recording.blockNumbers());
        for (String name : PathFolder.of(folder.resolve(RecordingLayout.DATA)).names()) {
            long number = RecordingLayout.number(recording.plan(), name);
            if (number >= 0 && !whole.contains(number)) {
                Path file = folder.resolve(RecordingLayout.DATA).resolve(name);
                change(file, () -> {
                    disk.move(file, file.resolveSibling(ASIDE + name));
                    disk.forceDirectory(folder.resolve(RecordingLayout.DATA));
                });
                damaged.add("block " + number + " was damaged and is now " + ASIDE + name);
            }
        }
        done.addAll(damaged);
        List<RecordedBlock> blocks =
                recording.blockNumbers().stream().map(recording::block).toList();
        RecordingLayout.writeEnd(store, recording.plan(), blocks, damaged);
        done.add("ended the recording after " + recording.frames() + " of "
                + recording.plan().frames() + " planned frames in " + blocks.size() + " blocks");
        return done;
    }

    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }

    private static void change(Path path, Change change) {
        try {
            change.run();
        } catch (IOException e) {
            throw StorageFailures.of(path, "repair", e);
        }
    }
}
