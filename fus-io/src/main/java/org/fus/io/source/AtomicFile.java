package org.fus.io.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.fus.core.error.FusStorageException;

/**
 * Writes files that are complete or absent: bytes go to a temporary name in the same folder, are forced to disk, and are
 * moved to the target in one step. On failure the temporary file is deleted and an existing target stays as it was.
 */
public final class AtomicFile {
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

    /**
     * One file to be written.
     *
     * @param target where it goes; its folder must exist
     * @param body produces its bytes
     */
    public record Entry(Path target, Body body) {}

    /**
     * Writes one file.
     *
     * @param target where it goes; its folder must exist
     * @param body produces its bytes
     * @throws FusStorageException when it cannot be written; the target is then as it was
     */
    public static void write(Path target, Body body) {
        writeAll(List.of(new Entry(target, body)));
    }

    /**
     * Writes files that belong together: all are complete on disk before the first is moved to its target, in order.
     *
     * @param entries the files
     * @throws FusStorageException when one cannot be written
     */
    public static void writeAll(List<Entry> entries) {
        List<Path> temporaries =
                entries.stream().map(e -> temporary(e.target())).toList();
        int at = 0;
        try {
            for (; at < entries.size(); at++) {
                writeForced(temporaries.get(at), entries.get(at).body());
            }
            for (at = 0; at < entries.size(); at++) {
                Files.move(temporaries.get(at), entries.get(at).target(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            FusStorageException failure = StorageFailures.of(entries.get(at).target(), "write", e);
            temporaries.forEach(t -> delete(t, failure));
            throw failure;
        } catch (RuntimeException | Error e) {
            temporaries.forEach(t -> delete(t, e));
            throw e;
        }
    }

    private static void writeForced(Path file, Body body) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            body.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static Path temporary(Path target) {
        Path name = target.getFileName();
        if (name == null || Files.isDirectory(target)) {
            throw new FusStorageException(target.toString(), "write", "it is a folder; name a file", false, null);
        }
        return target.resolveSibling("." + name + "." + UUID.randomUUID() + ".tmp");
    }

    private static void delete(Path file, Throwable failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
