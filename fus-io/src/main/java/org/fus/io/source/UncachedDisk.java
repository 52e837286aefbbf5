package org.fus.io.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The file systems of this machine, for new files that are large; all else is as on the {@link LocalDisk}. */
final class UncachedDisk implements Disk {
    /** The device is busy for some milliseconds with as much, so that what a request costs does not count. */
    static final int BUFFER_BYTES = 4 << 20;

    /** Of the module {@code jdk.unsupported}, which a runtime made by jlink may lack. */
    private static final Optional<OpenOption> DIRECT = openOption("com.sun.nio.file.ExtendedOpenOption", "DIRECT");

    private final ThreadFactory threads;

    /** Kept, as it takes as long to get them from the system as to write them. */
    private final Deque<ByteBuffer> idle = new ArrayDeque<>();

    UncachedDisk(ThreadFactory threads) {
        this.threads = threads;
    }

    ThreadFactory threads() {
        return threads;
    }

    /** A buffer that starts where a device can take it. */
    ByteBuffer borrow() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return ByteBuffer.allocateDirect(BUFFER_BYTES + UncachedFile.ALIGNMENT).alignedSlice(UncachedFile.ALIGNMENT);
    }

    void giveBack(ByteBuffer buffer) {
        synchronized (idle) {
            idle.push(buffer.clear());
        }
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        FileChannel cached = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new UncachedFile(this, cached, direct(file, cached));
    }

    /** The file past the cache, where the system can; otherwise the file as it is. */
    private static FileChannel direct(Path file, FileChannel cached) {
        try {
            if (DIRECT.isPresent()
                    && UncachedFile.ALIGNMENT % Files.getFileStore(file).getBlockSize() == 0) {
                return FileChannel.open(file, StandardOpenOption.WRITE, DIRECT.get());
            }
        } catch (IOException | UnsupportedOperationException e) {
            // The system or this file system has no such way, which changes the speed alone.
        }
        return cached;
    }

    private static Optional<OpenOption> openOption(String type, String name) {
        try {
            return Arrays.stream(Class.forName(type).getEnumConstants())
                    .filter(option -> option.toString().equals(name))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return LocalDisk.INSTANCE.open(file);
    }

    @Override
    public void createDirectory(Path folder) throws IOException {
        LocalDisk.INSTANCE.createDirectory(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        LocalDisk.INSTANCE.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        LocalDisk.INSTANCE.delete(path);
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        LocalDisk.INSTANCE.forceDirectory(folder);
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        return LocalDisk.INSTANCE.usableBytes(path);
    }
}
