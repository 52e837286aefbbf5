package org.fus.hardware.transport;

import java.time.Duration;
import java.util.Objects;

/** Two ends in one process, joined back to back; what one writes, the other reads. For simulators and tests. */
public final class MemoryTransport implements ByteTransport {
    /** Bytes under way in one direction before a writer has to wait: those of a serial driver's usual buffer. */
    private static final int CAPACITY = 4096;

    private final String name;
    private final Pipe in;
    private final Pipe out;
    private volatile boolean open = true;

    private MemoryTransport(String name, Pipe in, Pipe out) {
        this.name = name;
        this.in = in;
        this.out = out;
    }

    /**
     * Both ends of a new line.
     *
     * @param name for messages
     * @param a one end
     * @param b the other end
     */
    public record Pair(String name, ByteTransport a, ByteTransport b) {}

    /**
     * Creates a line.
     *
     * @param name for messages
     * @return its two ends
     */
    public static Pair pair(String name) {
        Pipe there = new Pipe();
        Pipe back = new Pipe();
        return new Pair(
                name,
                new MemoryTransport("memory:" + name + "/a", back, there),
                new MemoryTransport("memory:" + name + "/b", there, back));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] target, int offset, int length, Duration timeout) {
        Objects.checkFromIndexSize(offset, length, target.length);
        try {
            int n = in.take(target, offset, length, timeout.toNanos());
            if (n < 0) {
                throw open ? lost() : TransportException.closed(name);
            }
            return n;
        } catch (InterruptedException e) {
            throw TransportException.interrupted(name);
        }
    }

    @Override
    public void write(byte[] bytes) {
        try {
            switch (out.put(bytes, WRITE_TIMEOUT.toNanos())) {
                case CLOSED -> throw open ? lost() : TransportException.closed(name);
                case FULL ->
                    throw new TransportException(
                            name, "the other end has taken no bytes for " + WRITE_TIMEOUT.toMillis() + " ms");
                case DONE -> {}
            }
        } catch (InterruptedException e) {
            throw TransportException.interrupted(name);
        }
    }

    private TransportException lost() {
        return new TransportException(name, "the other end has closed the connection");
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        in.close();
        out.close();
    }

    private enum Put {
        DONE,
        FULL,
        CLOSED
    }

    /** One direction: a ring of bytes. */
    private static final class Pipe {
        private final byte[] ring = new byte[CAPACITY];
        private int head;
        private int count;
        private boolean closed;
        private boolean writing;

        synchronized int take(byte[] target, int offset, int length, long timeoutNs) throws InterruptedException {
            long deadline = System.nanoTime() + timeoutNs;
            while (count == 0) {
                if (closed) {
                    return -1;
                }
                if (!waitUntil(deadline)) {
                    return 0;
                }
            }
            int n = Math.min(length, count);
            for (int i = 0; i < n; i++) {
                target[offset + i] = ring[(head + i) % CAPACITY];
            }
            head = (head + n) % CAPACITY;
            count -= n;
            notifyAll();
            return n;
        }

        synchronized Put put(byte[] bytes, long timeoutNs) throws InterruptedException {
            long deadline = System.nanoTime() + timeoutNs;
            while (writing && !closed) { // another thread's bytes come first, and whole
                if (!waitUntil(deadline)) {
                    return Put.FULL;
                }
            }
            writing = true;
            try {
                for (byte b : bytes) {
                    while (count == CAPACITY && !closed) {
                        if (!waitUntil(deadline)) {
                            return Put.FULL;
                        }
                    }
                    if (closed) {
                        return Put.CLOSED;
                    }
                    ring[(head + count) % CAPACITY] = b;
                    count++;
                }
                return closed ? Put.CLOSED : Put.DONE;
            } finally {
                writing = false;
                notifyAll();
            }
        }

        @SuppressWarnings("WaitNotInLoop") // every caller loops
        private boolean waitUntil(long deadline) throws InterruptedException {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
            return true;
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }
    }
}
