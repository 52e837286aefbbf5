package org.fus.examples.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;

/**
 * A disk for the blocks of a long recording on a small disk: it keeps the newest ones up to a number of bytes and deletes
 * those before; with a window of 0 it keeps none and writes none. Everything else goes to the disk behind it.
 */
final class BlockFilesDisk implements Disk {
    /** What others may need meanwhile. */
    private static final long RESERVE_BYTES = 1L << 30;

    private record Kept(Path file, long bytes) {}

    private final Disk disk;
    private final long windowBytes;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long keptBytes;
    private long lastBytes;
    private long writtenBytes;

    BlockFilesDisk(Disk disk, long windowBytes) {
        this.disk = disk;
        this.windowBytes = windowBytes;
    }

    /** All bytes of blocks that were written, or would have been. */
    synchronized long writtenBytes() {
        return writtenBytes;
    }

    private static boolean isBlock(Path file) {
        Path folder = file.getParent();
        String name = String.valueOf(file.getFileName());
        return folder != null
                && String.valueOf(folder.getFileName()).equals("data")
                && (name.startsWith("c.") || name.startsWith(".c."));
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        if (!isBlock(file)) {
            return disk.create(file);
        }
        return new Counted(windowBytes == 0 ? null : disk.create(file));
    }

    /** A file of a block, which may be nowhere. */
    private final class Counted implements DiskFile {
        private final DiskFile file;
        private long bytes;

        Counted(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(long position, ByteBuffer... buffers) throws IOException {
            for (ByteBuffer b : buffers) {
                bytes += b.remaining();
            }
            if (file != null) {
                file.write(position, buffers);
            } else {
                for (ByteBuffer b : buffers) {
                    b.position(b.limit());
                }
            }
        }

        @Override
        public void force() throws IOException {
            if (file != null) {
                file.force();
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (BlockFilesDisk.this) {
                lastBytes = bytes;
                writtenBytes += bytes;
            }
            if (file != null) {
                file.close();
            }
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public void createDirectory(Path folder) throws IOException {
        disk.createDirectory(folder);
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        if (!isBlock(to)) {
            disk.move(from, to);
        } else if (windowBytes > 0) {
            disk.move(from, to);
            kept.add(new Kept(to, lastBytes));
            keptBytes += lastBytes;
            while (keptBytes > windowBytes) {
                Kept oldest = kept.removeFirst();
                disk.delete(oldest.file());
                keptBytes -= oldest.bytes();
            }
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        if (windowBytes > 0 || !isBlock(path)) {
            disk.delete(path);
        }
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        if (windowBytes > 0) {
            disk.forceDirectory(folder);
        }
    }

    /** Enough for any recording when the window has room. */
    @Override
    public long usableBytes(Path path) throws IOException {
        long usable = disk.usableBytes(path);
        return usable >= windowBytes + RESERVE_BYTES ? Long.MAX_VALUE : usable;
    }
}
