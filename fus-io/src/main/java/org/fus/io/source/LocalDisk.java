package org.fus.io.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The file systems of this machine. */
final class LocalDisk implements Disk {
    static final LocalDisk INSTANCE = new LocalDisk();

    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private LocalDisk() {}

    @Override
    public DiskFile create(Path file) throws IOException {
        return new LocalFile(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new LocalFile(FileChannel.open(file, StandardOpenOption.WRITE));
    }

    @Override
    public void createDirectory(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        if (WINDOWS) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    private record LocalFile(FileChannel channel) implements DiskFile {
        @Override
        public void write(long position, ByteBuffer... buffers) throws IOException {
            channel.position(position);
            int first = 0;
            while (first < buffers.length) {
                if (buffers[first].hasRemaining()) {
                    channel.write(buffers, first, buffers.length - first);
                } else {
                    first++;
                }
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
