package org.fus.io.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder in memory. */
public final class MemoryFolder implements ByteFolder {
    private final String name;
    private final MemoryFolder parent;
    private final String prefix;
    private final SortedMap<String, byte[]> files;

    private MemoryFolder(String name, MemoryFolder parent, String prefix, SortedMap<String, byte[]> files) {
        this.name = name;
        this.parent = parent;
        this.prefix = prefix;
        this.files = files;
    }

    /**
     * Takes files without a copy of their bytes; the caller must not change them afterwards.
     *
     * @param name for messages
     * @param files bytes by path, names joined by {@code /}
     * @return the folder
     */
    public static MemoryFolder of(String name, Map<String, byte[]> files) {
        files.keySet().forEach(ByteFolder::requireInside);
        return new MemoryFolder(name, null, "", new TreeMap<>(files));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> names() {
        return files.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .toList();
    }

    @Override
    public Optional<ByteSource> file(String path) {
        int slash = ByteFolder.requireInside(path).lastIndexOf('/');
        if (slash >= 0) {
            return folder(path.substring(0, slash)).flatMap(f -> f.file(path.substring(slash + 1)));
        }
        return Optional.ofNullable(files.get(prefix + path)).map(b -> MemorySource.in(this, path, b));
    }

    @Override
    public Optional<ByteFolder> folder(String path) {
        int slash = ByteFolder.requireInside(path).indexOf('/');
        if (slash >= 0) {
            return folder(path.substring(0, slash)).flatMap(f -> f.folder(path.substring(slash + 1)));
        }
        String below = prefix + path + "/";
        boolean exists = files.keySet().stream().anyMatch(p -> p.startsWith(below));
        return exists ? Optional.of(new MemoryFolder(name + "/" + path, this, below, files)) : Optional.empty();
    }

    @Override
    public Optional<ByteFolder> parent() {
        return Optional.ofNullable(parent);
    }
}
