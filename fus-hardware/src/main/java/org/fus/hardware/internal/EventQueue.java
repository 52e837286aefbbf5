package org.fus.hardware.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/**
 * Events to subscribers, in order, on virtual threads; never blocks who publishes.
 *
 * @param <E> the events
 */
public final class EventQueue<E> implements AutoCloseable {
    private static final int BUFFER = 1024;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fus-device-callback-", 0).factory());
    private final SubmissionPublisher<E> publisher = new SubmissionPublisher<>(threads, BUFFER);

    /** A queue without subscribers. */
    public EventQueue() {}

    /**
     * Where to subscribe.
     *
     * @return the events from then on
     */
    public Flow.Publisher<E> events() {
        return publisher;
    }

    /**
     * Publishes an event; a subscriber that is far behind does not get it.
     *
     * @param event the event
     */
    public void publish(E event) {
        if (!publisher.isClosed()) {
            publisher.offer(event, null);
        }
    }

    /** Completes the subscribers after the events so far. */
    @Override
    public void close() {
        publisher.close();
        threads.shutdown();
    }
}
