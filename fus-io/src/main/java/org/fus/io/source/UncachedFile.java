package org.fus.io.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A large file that is written from front to back. Bytes are gathered in buffers; a thread hands full ones to the device,
 * past the cache of the system, while the next is being filled. The rest, and what does not start at a whole block, goes
 * through the cache. A failure of the thread is thrown by the next call, at the latest by {@link #force} or {@link #close}.
 */
final class UncachedFile implements DiskFile {
    /** A multiple of the blocks of all devices. */
    static final int ALIGNMENT = 1 << 12;

    /** Buffers that wait for the device: while it takes one, the next one is ready. */
    private static final int WAITING = 2;

    private final UncachedDisk disk;
    private final FileChannel cached;
    private final FileChannel direct;
    private final Deque<Future<?>> writes = new ArrayDeque<>();
    private final Deque<ByteBuffer> written = new ArrayDeque<>();
    private ExecutorService thread;
    private ByteBuffer filling;

    /** Place in the file of the first byte of {@link #filling}. */
    private long start;

    /**
     * A file.
     *
     * @param disk lends buffers and makes threads
     * @param cached the file
     * @param direct the same file past the cache, or again {@code cached} where the system has no such way
     */
    UncachedFile(UncachedDisk disk, FileChannel cached, FileChannel direct) {
        this.disk = disk;
        this.cached = cached;
        this.direct = direct;
        this.filling = disk.borrow();
    }

    @Override
    public void write(long position, ByteBuffer... buffers) throws IOException {
        if (position != start + filling.position()) {
            settle();
            start = position;
        }
        for (ByteBuffer bytes : buffers) {
            while (bytes.hasRemaining()) {
                int count = Math.min(bytes.remaining(), filling.remaining());
                filling.put(filling.position(), bytes, bytes.position(), count);
                filling.position(filling.position() + count);
                bytes.position(bytes.position() + count);
                if (!filling.hasRemaining()) {
                    handOver();
                }
            }
        }
    }

    @Override
    public void force() throws IOException {
        settle();
        cached.force(true);
    }

    /** What was not forced is written, too. */
    @Override
    public void close() throws IOException {
        try {
            settle();
        } finally {
            if (thread != null) {
                thread.close();
            }
            disk.giveBack(filling);
            written.forEach(disk::giveBack);
            try {
                direct.close();
            } finally {
                cached.close();
            }
        }
    }

    /** Gives the full buffer to the thread and takes another one. */
    private void handOver() throws IOException {
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(disk.threads());
        }
        ByteBuffer full = filling.flip();
        long at = start;
        start += full.remaining();
        if (writes.size() == WAITING) {
            await();
        }
        writes.add(thread.submit(() -> {
            write(full, at);
            return null;
        }));
        written.add(full);
        filling = written.size() > WAITING ? written.remove().clear() : disk.borrow();
    }

    /** After it all bytes are with the system. */
    private void settle() throws IOException {
        while (!writes.isEmpty()) {
            await();
        }
        filling.flip();
        start += filling.remaining();
        writeFully(cached, filling, start - filling.remaining());
        filling.clear();
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        if (at % ALIGNMENT != 0) {
            writeFully(cached, bytes, at);
            return;
        }
        try {
            writeFully(direct, bytes, at);
        } catch (IOException e) {
            // Some file systems offer the way past the cache, but do not take bytes that way.
            try {
                bytes.rewind();
                writeFully(cached, bytes, at);
            } catch (IOException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long from = at - bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, from + bytes.position());
        }
    }

    /** Waits for the oldest write; one that failed stays, so that no later call succeeds. */
    private void await() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    writes.element().get();
                    writes.remove();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
