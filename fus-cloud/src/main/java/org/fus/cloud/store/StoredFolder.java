package org.fus.cloud.store;

import java.util.List;
import java.util.Optional;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;

/** An acquisition in the store, or a folder in it, as every reader of files takes one. */
final class StoredFolder implements ByteFolder {
    private final ChunkReader reader;
    private final StoredFolder parent;
    private final String prefix;

    StoredFolder(ChunkReader reader, StoredFolder parent, String prefix) {
        this.reader = reader;
        this.parent = parent;
        this.prefix = prefix;
    }

    @Override
    public String name() {
        return prefix.isEmpty() ? reader.name() : reader.name() + "/" + prefix.substring(0, prefix.length() - 1);
    }

    @Override
    public List<String> names() {
        return reader.manifest().files().stream()
                .map(ManifestFile::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Optional<ByteSource> file(String path) {
        int slash = ByteFolder.requireInside(path).lastIndexOf('/');
        if (slash >= 0) {
            return folder(path.substring(0, slash)).flatMap(f -> f.file(path.substring(slash + 1)));
        }
        return reader.manifest().file(prefix + path).map(f -> new StoredFile(this, f, reader));
    }

    @Override
    public Optional<ByteFolder> folder(String path) {
        int slash = ByteFolder.requireInside(path).indexOf('/');
        if (slash >= 0) {
            return folder(path.substring(0, slash)).flatMap(f -> f.folder(path.substring(slash + 1)));
        }
        String below = prefix + path + "/";
        boolean exists =
                reader.manifest().files().stream().anyMatch(f -> f.path().startsWith(below));
        return exists ? Optional.of(new StoredFolder(reader, this, below)) : Optional.empty();
    }

    @Override
    public Optional<ByteFolder> parent() {
        return Optional.ofNullable(parent);
    }
}
