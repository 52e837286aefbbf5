package org.fus.hardware.live;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Results of a live chain as they are made. Each subscriber has a thread of its own, named {@code fus-live-NAME}, so that a
 * slow one keeps no other waiting. Thread-safe.
 *
 * @param <T> the results
 */
public final class LiveStream<T> {
    private final String name;
    private final ThreadFactory threads;
    private final Consumer<Throwable> storeFailed;
    private final List<Delivery<T>> deliveries = new CopyOnWriteArrayList<>();

    /** Those that left and may still be busy with their last item. */
    private final List<Delivery<T>> leaving = new CopyOnWriteArrayList<>();

    private boolean ended;

    LiveStream(String name, ThreadFactory threads, Consumer<Throwable> storeFailed) {
        this.name = name;
        this.threads = threads;
        this.storeFailed = storeFailed;
    }

    /**
     * Subscribes from the next result on. The subscriber is called on a thread of its own, one item at a time, in order. What
     * it throws ends its subscription and stands in its figures; with {@link StreamPolicy#STORE_ALL} it ends the run too.
     * Subscribers to a stream that has ended are never called.
     *
     * @param subscriber its name, for figures, threads and the log
     * @param policy what happens when it is slow
     * @param consumer takes the results; those of {@link StreamPolicy#NEWEST_ONLY} and {@link StreamPolicy#PROCESS_ALL}
     *     may be interrupted when the chain is closed
     * @return the subscription
     */
    public LiveSubscription subscribe(String subscriber, StreamPolicy policy, Consumer<? super T> consumer) {
        Objects.requireNonNull(subscriber, "subscriber");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(consumer, "consumer");
        Delivery<T> delivery = new Delivery<>(subscriber, policy, consumer, storeFailed, this::leave);
        synchronized (this) {
            if (ended) {
                delivery.end(true);
            }
            deliveries.add(delivery);
            delivery.start(threads);
        }
        return delivery;
    }

    /**
     * What the results are.
     *
     * @return such as {@code maps}
     */
    public String name() {
        return name;
    }

    /**
     * How the subscribers fare; those that ended their subscription are left out.
     *
     * @return in the order of their subscription
     */
    public List<SubscriberFigures> figures() {
        return deliveries.stream().map(Delivery::figures).toList();
    }

    /**
     * Hands an item to everybody; waits for subscribers that must have it and are slow.
     *
     * @param sinceNs when its last sample was in the host
     * @param display whether views get it too
     */
    void publish(T item, long sinceNs, boolean display) {
        for (Delivery<T> delivery : deliveries) {
            delivery.offer(item, sinceNs, display);
        }
    }

    boolean hasSubscribers() {
        return !deliveries.isEmpty();
    }

    /** Whether somebody gets items that views do not get. */
    boolean hasFullSubscribers() {
        return deliveries.stream().anyMatch(Delivery::getsAll);
    }

    /** No item comes any more; does not wait. */
    void end(boolean cancelled) {
        synchronized (this) {
            ended = true;
        }
        deliveries.forEach(d -> d.end(cancelled));
    }

    private void leave(Delivery<T> delivery) {
        leaving.removeIf(d -> !d.isBusy());
        if (deliveries.remove(delivery)) {
            leaving.add(delivery);
        }
    }

    /** Whether a subscriber has not yet returned from its last item. */
    boolean isBusy() {
        return deliveries.stream().anyMatch(Delivery::isBusy);
    }

    /** Waits until all subscribers have returned from their last item; those that may be are interrupted. */
    void join() {
        deliveries.forEach(Delivery::join);
        leaving.forEach(Delivery::join);
    }
}
