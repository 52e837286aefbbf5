package org.fus.io.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.fus.core.error.FusStorageException;

/**
 * Writes files that are complete or absent: bytes go to a temporary name in the same folder, are forced to disk, and are
 * moved to the target in one step, and the folder is forced. On failure the temporary file is deleted and an existing target
 * stays as it was. Temporary names start with a dot and end in {@link #TEMPORARY}.
 */
public final class AtomicFile {
    /** The end of temporary names. A crash may leave such a file; it belongs to nobody. */
    public static final String TEMPORARY = ".tmp";

    private static final int BUFFER_BYTES = 1 << 16;

    private AtomicFile() {}

    /** Produces the bytes of a file. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes all bytes.
         *
         * @param out buffered; not to be closed
         * @throws IOException when writing fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Produces a file at positions, without a buffer in between. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Writes all bytes.
         *
         * @param file empty; not to be closed or forced
         * @throws IOException when writing fails
         */
        void fill(DiskFile file) throws IOException;
    }

    /**
     * One file to be written.
     *
     * @param target where it goes; its folder must exist
     * @param body produces its bytes
     */
    public record Entry(Path target, Body body) {}

    /**
     * Checks what can be checked before the work that makes a file starts.
     *
     * @param target where it will go
     * @param existing what happens to a file of that name
     * @throws FusStorageException when the name exists and is to be refused, is a folder, or its folder is missing or
     *     cannot be written to
     */
    public static void require(Path target, Existing existing) {
        String problem = null;
        if (target.getFileName() == null || Files.isDirectory(target)) {
            problem = "it is a folder; name a file";
        } else if (existing == Existing.REFUSE && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            problem = "it exists already; choose another name, or ask for it to be replaced";
        } else if (!Files.isDirectory(folder(target))) {
            problem = "its folder does not exist: " + folder(target) + "; make it first";
        } else if (!Files.isWritable(folder(target))) {
            problem = "its folder cannot be written to; check its permissions, or choose another folder";
        }
        if (problem != null) {
            throw new FusStorageException(target.toString(), "write", problem, false, null);
        }
    }

    /**
     * Writes one file.
     *
     * @param target where it goes; its folder must exist
     * @param existing what happens to a file of that name
     * @param body produces its bytes
     * @throws FusStorageException when it cannot be written; the target is then as it was
     */
    public static void write(Path target, Existing existing, Body body) {
        writeAll(List.of(new Entry(target, body)), existing);
    }

    /**
     * Writes files that belong together: all are complete on disk before the first is moved to its target, in order.
     *
     * @param entries the files
     * @param existing what happens to files of those names
     * @throws FusStorageException when one cannot be written
     */
    public static void writeAll(List<Entry> entries, Existing existing) {
        List<Path> targets = entries.stream().map(Entry::target).toList();
        targets.forEach(t -> require(t, existing));
        publish(
                Disk.local(),
                targets,
                entries.stream().map(e -> buffered(e.body())).toList(),
                existing);
    }

    /**
     * Writes one file through a disk.
     *
     * @param disk takes the changes
     * @param target where it goes; its folder must exist
     * @param filler produces its bytes
     * @throws FusStorageException when it cannot be written. The target is then as it was, or, when the last step failed
     *     that forces the folder, complete but not known to be durable.
     */
    public static void publish(Disk disk, Path target, Filler filler) {
        publish(disk, List.of(target), List.of(filler), Existing.REPLACE);
    }

    private static void publish(Disk disk, List<Path> targets, List<Filler> fillers, Existing existing) {
        List<Path> temporaries = targets.stream().map(AtomicFile::temporary).toList();
        int at = 0;
        try {
            for (; at < targets.size(); at++) {
                try (DiskFile file = disk.create(temporaries.get(at))) {
                    fillers.get(at).fill(file);
                    file.force();
                }
            }
            if (existing == Existing.REFUSE) {
                // Once more: the work may have taken hours.
                targets.forEach(t -> require(t, existing));
            }
            for (at = 0; at < targets.size(); at++) {
                disk.move(temporaries.get(at), targets.get(at));
            }
            for (at = 0; at < targets.size(); at++) {
                disk.forceDirectory(folder(targets.get(at)));
            }
        } catch (IOException e) {
            FusStorageException failure = StorageFailures.of(targets.get(Math.min(at, targets.size() - 1)), "write", e);
            temporaries.forEach(t -> delete(disk, t, failure));
            throw failure;
        } catch (RuntimeException | Error e) {
            temporaries.forEach(t -> delete(disk, t, e));
            throw e;
        }
    }

    /**
     * Writes one file through a disk.
     *
     * @param disk takes the changes
     * @param target where it goes; an existing file is replaced
     * @param body produces its bytes
     * @throws FusStorageException as {@link #publish(Disk, Path, Filler)}
     */
    public static void write(Disk disk, Path target, Body body) {
        publish(disk, target, buffered(body));
    }

    private static Filler buffered(Body body) {
        return file -> {
            OutputStream out = new BufferedOutputStream(new Appender(file), BUFFER_BYTES);
            body.writeTo(out);
            out.flush();
        };
    }

    /**
     * A new temporary name next to a target.
     *
     * @param target a file or folder that is to be written
     * @return a name that nobody has
     * @throws FusStorageException when the target has no name
     */
    public static Path temporaryBeside(Path target) {
        Path name = target.getFileName();
        if (name == null) {
            throw new FusStorageException(target.toString(), "write", "it has no name; name a file", false, null);
        }
        return target.resolveSibling("." + name + "." + UUID.randomUUID() + TEMPORARY);
    }

    private static Path temporary(Path target) {
        if (Files.isDirectory(target)) {
            throw new FusStorageException(target.toString(), "write", "it is a folder; name a file", false, null);
        }
        return temporaryBeside(target);
    }

    private static Path folder(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        return parent == null ? target.toAbsolutePath() : parent;
    }

    private static void delete(Disk disk, Path file, Throwable failure) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static final class Appender extends OutputStream {
        private final DiskFile file;
        private long position;

        Appender(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(position, ByteBuffer.wrap(bytes, offset, length));
            position += length;
        }
    }
}
