package org.fus.io.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;

/** The real disk, until an operation fails: from then on every one that takes space does, or only that one. */
public final class FailingDisk implements Disk {
    private final Disk disk = Disk.local();
    private final int failing;
    private final String reason;
    private final boolean forGood;
    private int operations;
    private boolean mended;

    /** Fails at the operation of number {@code failing}, from 0. */
    public FailingDisk(int failing, String reason, boolean forGood) {
        this.failing = failing;
        this.reason = reason;
        this.forGood = forGood;
    }

    /** The operations so far. */
    public int operations() {
        return operations;
    }

    /** From now on nothing fails. */
    public void mend() {
        mended = true;
    }

    private boolean fails() {
        int number = operations++;
        return !mended && (forGood ? number >= failing : number == failing);
    }

    private void step() throws IOException {
        if (fails()) {
            throw new IOException(reason);
        }
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        step();
        return new FailingFile(disk.create(path));
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        step();
        return new FailingFile(disk.open(path));
    }

    @Override
    public void createDirectory(Path folder) throws IOException {
        step();
        disk.createDirectory(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        disk.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        step();
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        return disk.usableBytes(path);
    }

    private final class FailingFile implements DiskFile {
        private final DiskFile file;

        FailingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(long position, ByteBuffer... buffers) throws IOException {
            if (fails()) {
                // A disk that gets full takes a part.
                ByteBuffer part = buffers[0].duplicate();
                part.limit(part.position() + part.remaining() / 2);
                file.write(position, part);
                throw new IOException(reason);
            }
            file.write(position, buffers);
        }

        @Override
        public void force() throws IOException {
            step();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
