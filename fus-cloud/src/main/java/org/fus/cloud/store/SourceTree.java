package org.fus.cloud.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.cloud.chunk.ContentDefinedCutter;
import org.fus.cloud.chunk.Cutter;
import org.fus.cloud.chunk.ShardCutter;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteSource;
import org.fus.io.source.PathFolder;
import org.fus.io.source.StorageFailures;
import org.fus.io.zarr.ShardBorders;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrGroup;
import org.fus.io.zarr.ZarrMetadata;

/** The files that an import takes, looked at once. Links and special files are refused: what they lead to is not known. */
final class SourceTree {
    /** Inner chunks that are smaller on average would cost more to list than they save. */
    private static final int MIN_INNER_CHUNK_BYTES = 4 << 10;

    private static final String ZARR = "zarr.json";

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<Path, Optional<ZarrMetadata>> arrays = new HashMap<>();
    private final Path top;

    /** A file and its path within the acquisition. */
    record Entry(String path, Path file, long bytes) {}

    private SourceTree(Path top) {
        this.top = top;
    }

    static SourceTree of(Path source) {
        try {
            if (Files.isSymbolicLink(source)) {
                throw refused(source, source + " is a link; name what it leads to: " + source.toRealPath());
            }
            boolean folder = Files.isDirectory(source);
            Path absolute = source.toRealPath(LinkOption.NOFOLLOW_LINKS);
            SourceTree tree = new SourceTree(folder ? absolute : absolute.getParent());
            Files.walkFileTree(absolute, tree.new Visitor());
            if (!tree.problems.isEmpty()) {
                throw refused(source, String.join("; ", tree.problems));
            }
            if (tree.entries.isEmpty()) {
                throw refused(source, "there is no file in it");
            }
            tree.entries.sort(Comparator.comparing(Entry::path));
            return tree;
        } catch (IOException e) {
            throw StorageFailures.of(source, "import", e);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    List<String> warnings() {
        return warnings;
    }

    long bytes() {
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    /** Inner chunks of Zarr arrays are chunks already; everything else is cut by its content. */
    Cutter cutter(Entry entry, ByteSource source) {
        if (!entry.file().endsWith(ZARR)) {
            for (Path folder = entry.file().getParent();
                    folder != null && folder.startsWith(top);
                    folder = folder.getParent()) {
                Optional<ZarrMetadata> array = arrays.computeIfAbsent(folder, SourceTree::array);
                if (array.isPresent()) {
                    return cutter(array.get(), source);
                }
            }
        }
        return new ContentDefinedCutter();
    }

    private static Cutter cutter(ZarrMetadata array, ByteSource source) {
        try {
            Optional<long[]> borders = ShardBorders.of(array, source);
            if (borders.isEmpty()) {
                return source.size() <= Cutter.MAX_CHUNK_BYTES
                        ? new ShardCutter(new long[0])
                        : new ContentDefinedCutter();
            }
            return (long) borders.get().length * MIN_INNER_CHUNK_BYTES <= source.size()
                    ? new ShardCutter(borders.get())
                    : new ContentDefinedCutter();
        } catch (FusFormatException e) {
            return new ContentDefinedCutter(); // a damaged shard, or no shard at all: it is kept as it is
        }
    }

    private static Optional<ZarrMetadata> array(Path folder) {
        if (!Files.isRegularFile(folder.resolve(ZARR), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            PathFolder store = PathFolder.of(folder);
            return ZarrGroup.kind(store, "") == ZarrGroup.Kind.ARRAY
                    ? Optional.of(ZarrArray.open(store, "").metadata())
                    : Optional.empty();
        } catch (FusFormatException e) {
            return Optional.empty(); // a file of that name that is something else: it is kept as it is
        }
    }

    private static FusStorageException refused(Path source, String reason) {
        return new FusStorageException(source.toString(), "import", reason, false, null);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path =
                    top.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
            String name = String.valueOf(file.getFileName());
            if (attributes.isSymbolicLink()) {
                problem(path + " is a link; import what it leads to, or remove it");
            } else if (!attributes.isRegularFile()) {
                problem(path + " is no regular file; remove it");
            } else if (name.startsWith(".") && name.endsWith(AtomicFile.TEMPORARY)) {
                warnings.add(path + ": left out, a write that was broken off left it");
            } else if (StoredPath.problem(path).isPresent()) {
                problem("'" + path.replaceAll("\\p{Cntrl}", "?") + "': "
                        + StoredPath.problem(path).get() + "; rename it");
            } else {
                entries.add(new Entry(path, file, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        private void problem(String text) {
            if (problems.size() < 10) {
                problems.add(text);
            }
        }
    }
}
