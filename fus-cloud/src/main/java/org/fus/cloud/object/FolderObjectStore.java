package org.fus.cloud.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.fus.cloud.chunk.ContentHash;
import org.fus.core.error.FusStorageException;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;
import org.fus.io.source.StorageFailures;

/**
 * A folder as a store: the object {@code a/b} is the file of that name below it. New content goes to the folder
 * {@code .tmp} and is moved to its place under a lock on the file {@code .lock}, so that conditions hold between threads and
 * between processes; the lock is held for the move alone. Links below the folder are refused: nothing is read or written
 * outside it.
 */
public final class FolderObjectStore implements ObjectStore {
    private static final String TEMPORARY = ".tmp";
    private static final String LOCK = ".lock";

    /** A lock on a file holds between processes only; within this one, stores of one folder share a lock of their own. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final Path root;
    private final Disk disk;
    private final ReentrantLock lock;

    private FolderObjectStore(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
        this.lock = LOCKS.computeIfAbsent(root, r -> new ReentrantLock());
    }

    /**
     * A store in an existing folder.
     *
     * @param folder the folder, which belongs to the store alone
     * @return the store
     * @throws FusStorageException when there is no such folder
     */
    public static FolderObjectStore of(Path folder) {
        return of(folder, Disk.local());
    }

    /**
     * A store in an existing folder, written through a disk.
     *
     * @param folder the folder, which belongs to the store alone
     * @param disk takes the changes
     * @return the store
     * @throws FusStorageException when there is no such folder
     */
    public static FolderObjectStore of(Path folder, Disk disk) {
        try {
            Path root = folder.toRealPath();
            if (!Files.isDirectory(root)) {
                throw new FusStorageException(folder.toString(), "open", "it is no folder; name a folder", false, null);
            }
            return new FolderObjectStore(root, disk);
        } catch (IOException e) {
            throw StorageFailures.of(folder, "open", e);
        }
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer bytes) {
        Path target = path(key);
        try {
            return !isOwn(target) && publish(target, bytes, () -> !Files.exists(target, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw StorageFailures.of(target, "write", e);
        }
    }

    @Override
    public Optional<String> replace(String key, String version, ByteBuffer bytes) {
        Path target = path(key);
        try {
            boolean done = publish(
                    target,
                    bytes,
                    () -> isOwn(target)
                            && ContentHash.of(Files.readAllBytes(target)).hex().equals(version));
            return done ? Optional.of(ContentHash.of(bytes.duplicate()).hex()) : Optional.empty();
        } catch (IOException e) {
            throw StorageFailures.of(target, "write", e);
        }
    }

    @Override
    public Optional<StoredObject> get(String key, int maxBytes) {
        Path file = path(key);
        try {
            if (!isOwn(file)) {
                return Optional.empty();
            }
            long size = Files.size(file);
            if (size > maxBytes) {
                throw new FusStorageException(
                        file.toString(),
                        "read",
                        "it has " + size + " bytes (expected at most " + maxBytes + "); it is not what the store wrote",
                        false,
                        null);
            }
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(new StoredObject(bytes, ContentHash.of(bytes).hex()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailures.of(file, "read", e);
        }
    }

    @Override
    public boolean read(String key, long position, ByteBuffer target) {
        Path file = path(key);
        try {
            if (!isOwn(file)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long at = position;
                while (target.hasRemaining()) {
                    int n = channel.read(target, at);
                    if (n < 0) {
                        throw new FusStorageException(
                                file.toString(),
                                "read",
                                "it ends at byte " + at + " (expected " + target.remaining()
                                        + " more); it is damaged: fus store verify tells what it holds",
                                false,
                                null);
                    }
                    at += n;
                }
                return true;
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StorageFailures.of(file, "read", e);
        }
    }

    @Override
    public Optional<ObjectInfo> head(String key) {
        Path file = path(key);
        try {
            return isOwn(file)
                    ? Optional.of(
                            info(key, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailures.of(file, "read", e);
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        Path top = ObjectKeys.requirePrefix(prefix).isEmpty() ? root : path(prefix.substring(0, prefix.length() - 1));
        List<ObjectInfo> found = new ArrayList<>();
        try {
            if (!Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
                return List.of();
            }
            requireOwn(top);
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && !isHidden(file)) {
                        found.add(info(root.relativize(file).toString().replace('\\', '/'), attributes));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE; // deleted by another process while we walk
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw StorageFailures.of(top, "list", e);
        }
        found.sort(Comparator.comparing(ObjectInfo::key));
        return found;
    }

    @Override
    public void delete(String key) {
        Path file = path(key);
        try {
            if (isOwn(file)) {
                try (Held held = hold()) {
                    held.require();
                    disk.delete(file);
                }
                disk.forceDirectory(file.getParent());
            }
        } catch (IOException e) {
            throw StorageFailures.of(file, "delete", e);
        }
    }

    @Override
    public int discardAbandoned(Duration age) {
        Path folder = root.resolve(TEMPORARY);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        Instant limit = Instant.now().minus(age);
        int removed = 0;
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(limit)) {
                    disk.delete(entry);
                    removed++;
                }
            }
            return removed;
        } catch (IOException e) {
            throw StorageFailures.of(folder, "clean", e);
        }
    }

    @Override
    public void close() {}

    private interface Condition {
        boolean holds() throws IOException;
    }

    private boolean publish(Path target, ByteBuffer bytes, Condition condition) throws IOException {
        createFolders(target.getParent());
        requireOwn(target.getParent());
        Path temporaries = root.resolve(TEMPORARY);
        createFolders(temporaries);
        requireOwn(temporaries);
        Path temporary = temporaries.resolve(UUID.randomUUID().toString());
        try {
            try (DiskFile file = disk.create(temporary)) {
                file.write(0, bytes.duplicate());
                file.force();
            }
            try (Held held = hold()) {
                held.require();
                if (!condition.holds()) {
                    disk.delete(temporary);
                    return false;
                }
                disk.move(temporary, target);
            }
            disk.forceDirectory(target.getParent());
            return true;
        } catch (IOException | RuntimeException | Error e) {
            try {
                disk.delete(temporary);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    /** Waits until nobody else, in this process or another, changes the store. */
    private Held hold() throws IOException {
        lock.lock();
        try {
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                return new Held(lock, channel, channel.lock());
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            lock.unlock();
            throw e;
        }
    }

    private record Held(ReentrantLock lock, FileChannel channel, FileLock file) implements AutoCloseable {
        void require() throws IOException {
            if (!file.isValid()) {
                throw new IOException("the lock on the store was lost");
            }
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close(); // which lets the lock on the file go
            } finally {
                lock.unlock();
            }
        }
    }

    private void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        createFolders(folder.getParent());
        // Another process may make it at the same time; Disk.createDirectory would call that a failure.
        Files.createDirectories(folder);
        disk.forceDirectory(folder.getParent());
    }

    private Path path(String key) {
        return root.resolve(ObjectKeys.require(key));
    }

    /** True for a regular file of this store, false when nothing is there. */
    private boolean isOwn(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            requireOwn(file);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return false; // deleted in between
        }
    }

    private void requireOwn(Path path) throws IOException {
        if (!path.toRealPath().equals(path)) {
            throw new FusStorageException(
                    path.toString(),
                    "use",
                    "a link stands in its way (it leads to " + path.toRealPath() + "); a store holds none: remove it",
                    false,
                    null);
        }
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    private static ObjectInfo info(String key, BasicFileAttributes attributes) {
        return new ObjectInfo(
                key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }
}
