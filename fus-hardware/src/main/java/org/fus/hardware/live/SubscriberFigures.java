package org.fus.hardware.live;

import java.util.Optional;

/**
 * How a subscriber fares. {@code published = delivered + dropped + thinned}, but for what waits or is in its hands.
 *
 * @param name who
 * @param policy what happens when it is slow
 * @param published items of the stream since it subscribed
 * @param delivered items that it has taken and returned from
 * @param dropped items that it did not get: newer ones came, or it failed, or it was cancelled
 * @param thinned items that a view did not get because the chain was short of time
 * @param mostWaiting the most items that waited at one time
 * @param latency from when the last sample of an item was in the host to when the subscriber was called
 * @param failure what it threw; it gets nothing after that
 */
public record SubscriberFigures(
        String name,
        StreamPolicy policy,
        long published,
        long delivered,
        long dropped,
        long thinned,
        int mostWaiting,
        Latency latency,
        Optional<Throwable> failure) {}
