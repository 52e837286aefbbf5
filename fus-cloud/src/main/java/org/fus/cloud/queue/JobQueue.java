package org.fus.cloud.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A queue that delivers at least once: a message that a worker takes is hidden from others for a while, and comes back when
 * the worker neither acknowledges nor extends it, because it died. Safe for use by many threads. Failures of the queue
 * itself are {@link org.fus.core.error.FusStorageException}.
 */
public interface JobQueue extends AutoCloseable {
    /** Bytes of UTF-8 that a message may have; what all services take. */
    int MAX_BODY_BYTES = 64 << 10;

    /**
     * The name for messages.
     *
     * @return such as {@code memory} or {@code /data/store: queue jobs}
     */
    String name();

    /**
     * Appends a message; it is durable when this returns, as far as the queue is.
     *
     * @param body at most {@link #MAX_BODY_BYTES}
     * @return its id
     * @throws IllegalArgumentException when the body is too long
     */
    String send(String body);

    /**
     * Takes a message. Those that were sent first come first, roughly.
     *
     * @param visibility for how long nobody else gets it
     * @return nothing when no message waits
     */
    Optional<Delivery> receive(Duration visibility);

    /**
     * Holds a message longer.
     *
     * @param delivery as it was received
     * @param visibility for how long from now
     * @return false when the time was over and somebody else may have it
     */
    boolean extend(Delivery delivery, Duration visibility);

    /**
     * Says that a message was dealt with; it is gone.
     *
     * @param delivery as it was received
     * @return false when the time was over and somebody else may have it
     */
    boolean acknowledge(Delivery delivery);

    /**
     * Gives a message back, to be delivered again later.
     *
     * @param delivery as it was received
     * @param delay not before this
     * @return false when the time was over and somebody else may have it
     */
    default boolean release(Delivery delivery, Duration delay) {
        return extend(delivery, delay);
    }

    /**
     * Sets a message aside, where it is not delivered any more and a person can look at it.
     *
     * @param delivery as it was received
     * @param reason why
     */
    void bury(Delivery delivery, String reason);

    /**
     * The messages that were set aside.
     *
     * @return those that were sent first come first
     */
    List<DeadLetter> deadLetters();

    /**
     * How much there is to do: with the number of workers, the signal for more or fewer of them.
     *
     * @return a moment's figures
     */
    QueueDepth depth();

    /** Lets go of connections; messages stay as far as the queue is durable. */
    @Override
    void close();
}
