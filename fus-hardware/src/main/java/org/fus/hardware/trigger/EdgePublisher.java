package org.fus.hardware.trigger;

import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.hardware.trigger.TriggerEdge.Direction;
import org.fus.hardware.trigger.TriggerEdge.Slope;

/** Edges to subscribers, on virtual threads; never blocks the port. */
final class EdgePublisher implements AutoCloseable {
    private static final int BUFFER = 4096;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fus-trigger-callback-", 0).factory());
    private final SubmissionPublisher<TriggerEdge> publisher = new SubmissionPublisher<>(threads, BUFFER);
    private final AtomicLong lost = new AtomicLong();

    Flow.Publisher<TriggerEdge> edges() {
        return publisher;
    }

    void publish(TriggerEdge edge) {
        if (!publisher.isClosed()) {
            publisher.offer(edge, (subscriber, dropped) -> {
                lost.incrementAndGet();
                return false;
            });
        }
    }

    long lost() {
        return lost.get();
    }

    @Override
    public void close() {
        publisher.close();
        threads.shutdown();
    }

    /**
     * Publishes the edge of a message that left between two host times: in their middle, uncertain by half their
     * distance and by what the way adds.
     */
    TriggerEdge sent(String port, String channel, long beforeNs, long afterNs, double uncertaintyS, String label) {
        TriggerEdge edge = new TriggerEdge(
                port,
                channel,
                Direction.OUT,
                Slope.RISING,
                OptionalLong.empty(),
                beforeNs + (afterNs - beforeNs) / 2,
                uncertaintyS + (afterNs - beforeNs) / 2e9,
                label);
        publish(edge);
        return edge;
    }
}
