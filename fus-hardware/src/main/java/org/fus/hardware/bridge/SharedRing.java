package org.fus.hardware.bridge;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fus.core.error.FusStorageException;

/**
 * The blocks of a run in a file that both ends have mapped: slot {@code n} begins at {@code n} times the size of a slot. The
 * host makes the file and takes its name away as soon as the scanner has mapped it, so that nothing stays behind.
 */
final class SharedRing {
    /** Slots begin on pages. */
    private static final long ALIGNMENT = 4096;

    private SharedRing() {}

    static long slotBytes(long blockBytes) {
        return Math.multiplyExact(Math.ceilDiv(blockBytes, ALIGNMENT), ALIGNMENT);
    }

    /** A file of a size, for this user alone, in memory where the system has a folder for that. */
    static Path create(long bytes) {
        Path memory = Path.of("/dev/shm");
        try {
            if (Files.isDirectory(memory) && Files.getFileStore(memory).getUsableSpace() < bytes) {
                throw new IOException(Files.getFileStore(memory).getUsableSpace() + " bytes are free");
            }
            Path file = Files.isDirectory(memory) && Files.isWritable(memory)
                    ? Files.createTempFile(memory, "fus-bridge-", ".ring")
                    : Files.createTempFile("fus-bridge-", ".ring");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), bytes - 1);
            } catch (IOException e) {
                delete(file);
                throw e;
            }
            return file;
        } catch (IOException e) {
            throw new FusStorageException(
                    memory.toString(),
                    "create",
                    "a ring of " + bytes + " bytes cannot be made (" + e.getMessage()
                            + "); use a smaller ring, or blocks=tcp",
                    false,
                    e);
        }
    }

    /** Maps a whole file; it stays mapped until the arena is closed. */
    static MemorySegment map(Path file, long bytes, Arena arena) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < bytes) {
                throw new IOException(file + " has " + channel.size() + " bytes, expected at least " + bytes);
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
