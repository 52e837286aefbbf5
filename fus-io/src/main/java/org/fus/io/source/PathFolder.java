package org.fus.io.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fus.core.error.FusStorageException;

/** A folder of the file system. */
public final class PathFolder implements ByteFolder {
    private final Path path;

    private PathFolder(Path path) {
        this.path = path;
    }

    /**
     * Looks at a folder.
     *
     * @param path an existing folder
     * @return the folder
     * @throws FusStorageException when there is no such folder
     */
    public static PathFolder of(Path path) {
        if (!Files.isDirectory(path)) {
            throw new FusStorageException(path.toString(), "read", "it is no folder; name a folder", false, null);
        }
        return new PathFolder(path);
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public List<String> names() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        } catch (IOException e) {
            throw StorageFailures.of(path, "list", e);
        }
    }

    @Override
    public Optional<ByteSource> file(String below) {
        Path file = path.resolve(ByteFolder.requireInside(below));
        return Files.isRegularFile(file) ? Optional.of(PathSource.of(file)) : Optional.empty();
    }

    @Override
    public Optional<ByteFolder> folder(String below) {
        Path folder = path.resolve(ByteFolder.requireInside(below));
        return Files.isDirectory(folder) ? Optional.of(new PathFolder(folder)) : Optional.empty();
    }

    @Override
    public Optional<ByteFolder> parent() {
        return Optional.ofNullable(path.toAbsolutePath().getParent()).map(PathFolder::new);
    }
}
