package org.fus.hardware.igtl;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for a reader that may be slow. Putting never waits: an image takes the place of the older one of its stream,
 * anything else stands in line, and a full line loses its oldest. What is lost is counted.
 */
final class MessageQueue<T> {
    private record Entry<T>(IgtlMessage message, T item) {}

    private final Deque<Entry<T>> line = new ArrayDeque<>();
    private final int capacity;
    private final AtomicLong dropped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    /** A queue of at most {@code capacity} messages that counts what it loses in {@code dropped}. */
    MessageQueue(int capacity, AtomicLong dropped) {
        this.capacity = capacity;
        this.dropped = dropped;
    }

    void put(IgtlMessage message, T item) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (message.content() instanceof IgtlImage) {
                removeImageOf(message.stream());
            }
            if (line.size() == capacity) {
                line.removeFirst();
                dropped.incrementAndGet();
            }
            line.addLast(new Entry<>(message, item));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void removeImageOf(String stream) {
        for (Iterator<Entry<T>> i = line.iterator(); i.hasNext(); ) {
            if (i.next().message().stream().equals(stream)) {
                i.remove();
                dropped.incrementAndGet();
            }
        }
    }

    /** The oldest message; empty once the queue is closed and nothing is left. */
    Optional<T> take() throws InterruptedException {
        return poll(Duration.ofSeconds(Long.MAX_VALUE));
    }

    /** The oldest message; empty when none came in time, or once the queue is closed and nothing is left. */
    Optional<T> poll(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout); // saturates
            while (line.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return line.isEmpty()
                    ? Optional.empty()
                    : Optional.of(line.removeFirst().item());
        } finally {
            lock.unlock();
        }
    }

    /** What waits can still be taken; nothing more goes in. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing can be taken any more. */
    boolean isDone() {
        lock.lock();
        try {
            return closed && line.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
