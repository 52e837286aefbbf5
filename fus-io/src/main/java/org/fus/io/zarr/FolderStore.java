package org.fus.io.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Disk;
import org.fus.io.source.PathFolder;
import org.fus.io.source.StorageFailures;

/** A folder of the file system as a store: the value {@code data/c/0} is the file of that name below it. */
public final class FolderStore implements ZarrStore {
    private final Path root;
    private final ByteFolder folder;
    private final Disk disk;

    private FolderStore(Path root, Disk disk) {
        this.root = root;
        this.folder = PathFolder.of(root);
        this.disk = disk;
    }

    /**
     * A store in an existing folder.
     *
     * @param root the folder
     * @return the store
     * @throws org.fus.core.error.FusStorageException when there is no such folder
     */
    public static FolderStore of(Path root) {
        return of(root, Disk.local());
    }

    /**
     * A store in an existing folder, written through a disk.
     *
     * @param root the folder
     * @param disk takes the changes
     * @return the store
     * @throws org.fus.core.error.FusStorageException when there is no such folder
     */
    public static FolderStore of(Path root, Disk disk) {
        return new FolderStore(root, Objects.requireNonNull(disk, "disk"));
    }

    @Override
    public String name() {
        return folder.name();
    }

    @Override
    public List<String> names() {
        return folder.names();
    }

    @Override
    public Optional<ByteSource> file(String path) {
        return folder.file(path);
    }

    @Override
    public Optional<ByteFolder> folder(String path) {
        return folder.folder(path);
    }

    @Override
    public Optional<ByteFolder> parent() {
        return folder.parent();
    }

    @Override
    public void put(String path, AtomicFile.Filler value) {
        Path file = root.resolve(ByteFolder.requireInside(path));
        createFolders(file.getParent());
        AtomicFile.publish(disk, file, value);
    }

    private void createFolders(Path below) {
        if (below == null || Files.isDirectory(below)) {
            return;
        }
        createFolders(below.getParent());
        try {
            disk.createDirectory(below);
            Path parent = below.toAbsolutePath().getParent();
            if (parent != null) {
                disk.forceDirectory(parent);
            }
        } catch (IOException e) {
            throw StorageFailures.of(below, "create", e);
        }
    }
}
