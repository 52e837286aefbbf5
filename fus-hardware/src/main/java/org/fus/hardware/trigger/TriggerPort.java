package org.fus.hardware.trigger;

import java.util.concurrent.Flow;

/** Lines to and from the rest of the experiment. Thread-safe. */
public interface TriggerPort extends AutoCloseable {
    /**
     * For records and messages.
     *
     * @return the name
     */
    String name();

    /**
     * Sends a pulse now.
     *
     * @param channel name of the line
     * @param widthS duration of the pulse, seconds, where the port can choose it
     * @param label what it means, for the record
     * @return the rising edge as recorded
     * @throws IllegalArgumentException when there is no such channel
     * @throws org.fus.core.error.FusDeviceException when the port is closed or its line broken
     */
    TriggerEdge emit(String channel, double widthS, String label);

    /**
     * Every edge, in and out, in the order in which it was noticed. A subscriber that is more than 4096 edges behind loses
     * edges, which are counted in {@link #lostEdges}.
     *
     * @return the edges
     */
    Flow.Publisher<TriggerEdge> edges();

    /**
     * Edges that a slow subscriber has lost.
     *
     * @return the number since the port was opened
     */
    long lostEdges();

    /** Pulls all outputs low and lets go. May be called any number of times, from any thread. */
    @Override
    void close();
}
