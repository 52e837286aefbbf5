package org.fus.hardware.live;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The items that wait for one subscriber, and the thread that hands them over. */
final class Delivery<T> implements LiveSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** Items that may wait for a subscriber that gets all: enough to bridge a pause of the garbage collector. */
    private static final int LINE = 4;

    private record Item<T>(T value, long sinceNs) {}

    private final String name;
    private final StreamPolicy policy;
    private final Consumer<? super T> consumer;
    private final Consumer<Throwable> storeFailed;
    private final Consumer<Delivery<T>> unsubscribed;
    private final Queue<Item<T>> line = new ArrayDeque<>();
    private final LatencyHistogram latency = new LatencyHistogram();
    private Thread thread;
    private boolean ended;
    private long published;
    private long delivered;
    private long dropped;
    private long thinned;
    private int mostWaiting;
    private Throwable failure;

    Delivery(
            String name,
            StreamPolicy policy,
            Consumer<? super T> consumer,
            Consumer<Throwable> storeFailed,
            Consumer<Delivery<T>> unsubscribed) {
        this.name = name;
        this.policy = policy;
        this.consumer = consumer;
        this.storeFailed = storeFailed;
        this.unsubscribed = unsubscribed;
    }

    synchronized void start(ThreadFactory threads) {
        thread = Workers.start(threads, "fus-live-" + name, this::run);
    }

    synchronized void offer(T value, long sinceNs, boolean display) {
        if (ended && failure == null) {
            return;
        }
        published++;
        if (policy == StreamPolicy.NEWEST_ONLY) {
            if (!display) {
                thinned++;
                return;
            }
            dropped += line.size();
            line.clear();
        } else {
            awaitRoom();
        }
        if (ended) {
            dropped++;
            return;
        }
        line.add(new Item<>(value, sinceNs));
        mostWaiting = Math.max(mostWaiting, line.size());
        notifyAll();
    }

    private void awaitRoom() {
        boolean interrupted = false;
        while (line.size() >= LINE && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // the stage is told to end through its subscribers, not by interrupts
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (Item<T> item = take(); item != null; item = take()) {
            latency.add(System.nanoTime() - item.sinceNs());
            try {
                consumer.accept(item.value());
            } catch (Throwable t) {
                failed(t); // told in the figures; ends the run when the subscriber stores
                return;
            }
            synchronized (this) {
                delivered++;
            }
        }
    }

    private synchronized Item<T> take() {
        while (line.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                end(true); // only close() interrupts
            }
        }
        Item<T> next = line.poll();
        notifyAll();
        return next;
    }

    private void failed(Throwable t) {
        synchronized (this) {
            failure = t;
            dropped += 1 + line.size();
            line.clear();
            ended = true;
            notifyAll();
        }
        LOG.warn("live subscriber {} failed and gets nothing more", name, t);
        if (policy == StreamPolicy.STORE_ALL) {
            storeFailed.accept(t);
        }
    }

    /** No item comes any more. What waits is still handed over, unless the run was cancelled and nobody must have it. */
    synchronized void end(boolean cancelled) {
        ended = true;
        if (cancelled && policy != StreamPolicy.STORE_ALL) {
            dropped += line.size();
            line.clear();
        }
        notifyAll();
    }

    boolean getsAll() {
        return policy != StreamPolicy.NEWEST_ONLY;
    }

    /** Whether its thread has items, or waits for some; never on that thread itself. */
    boolean isBusy() {
        Thread own;
        synchronized (this) {
            own = thread;
        }
        return own != null && !own.equals(Thread.currentThread()) && own.isAlive();
    }

    /** Waits for its thread; one that may lose items is interrupted. */
    void join() {
        Thread own;
        synchronized (this) {
            own = thread;
        }
        Workers.join(own, policy != StreamPolicy.STORE_ALL);
    }

    @Override
    public synchronized SubscriberFigures figures() {
        return new SubscriberFigures(
                name,
                policy,
                published,
                delivered,
                dropped,
                thinned,
                mostWaiting,
                latency.latency(),
                Optional.ofNullable(failure));
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            dropped += line.size();
            line.clear();
            notifyAll();
        }
        unsubscribed.accept(this);
    }
}
