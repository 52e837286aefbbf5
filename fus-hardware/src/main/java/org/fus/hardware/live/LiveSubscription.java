package org.fus.hardware.live;

/** A subscriber's place in a {@link LiveStream}. Thread-safe. */
public interface LiveSubscription extends AutoCloseable {
    /**
     * How the subscriber fares.
     *
     * @return figures of now
     */
    SubscriberFigures figures();

    /**
     * Ends the subscription: what waits is dropped. Does not wait for the subscriber, which may still be busy with its last
     * item. May be called any number of times, by any thread, by the subscriber too.
     */
    @Override
    void close();
}
