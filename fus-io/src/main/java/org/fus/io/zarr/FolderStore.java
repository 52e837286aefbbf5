package org.fus.io.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Disk;
import org.fus.io.source.PathSource;
import org.fus.io.source.StorageFailures;

/** A folder as a store: the key {@code data/c/0} is the file of that name below it. */
public final class FolderStore implements ZarrStore.Writable {
    private final Path root;
    private final Disk disk;

    private FolderStore(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /**
     * A store in an existing folder.
     *
     * @param root the folder
     * @return the store
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
     */
    public static FolderStore of(Path root, Disk disk) {
        return new FolderStore(Objects.requireNonNull(root, "root"), Objects.requireNonNull(disk, "disk"));
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public Optional<ByteSource> get(String key) {
        Path file = path(key);
        return Files.isRegularFile(file) ? Optional.of(PathSource.of(file)) : Optional.empty();
    }

    @Override
    public List<String> children(String key) {
        Path folder = key.isEmpty() ? root : path(key);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        } catch (IOException e) {
            throw StorageFailures.of(folder, "list", e);
        }
    }

    @Override
    public void put(String key, AtomicFile.Filler value) {
        Path file = path(key);
        createFolders(file.getParent());
        AtomicFile.publish(disk, file, value);
    }

    /** The file of a key. */
    Path path(String key) {
        for (String part : key.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
                throw new IllegalArgumentException(
                        "key \"" + key + "\": expected names joined by /, none of them empty, . or ..");
            }
        }
        return root.resolve(key);
    }

    private void createFolders(Path folder) {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        createFolders(folder.getParent());
        try {
            disk.createDirectory(folder);
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                disk.forceDirectory(parent);
            }
        } catch (IOException e) {
            throw StorageFailures.of(folder, "create", e);
        }
    }
}
