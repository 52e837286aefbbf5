package org.fus.cloud.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A queue of this process, which ends with it. */
public final class MemoryQueue implements JobQueue {
    private final InstantSource clock;
    private final Map<String, Held> messages = new LinkedHashMap<>();
    private final List<DeadLetter> dead = new ArrayList<>();

    private static final class Held {
        final String body;
        int receives;
        Instant visibleAt;
        String receipt = "";

        Held(String body, Instant visibleAt) {
            this.body = body;
            this.visibleAt = visibleAt;
        }
    }

    /** An empty queue. */
    public MemoryQueue() {
        this(InstantSource.system());
    }

    /**
     * An empty queue on another clock.
     *
     * @param clock tells when a message comes back
     */
    public MemoryQueue(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public synchronized String send(String body) {
        QueueRules.requireBody(body);
        String id = UUID.randomUUID().toString();
        messages.put(id, new Held(body, clock.instant()));
        return id;
    }

    @Override
    public synchronized Optional<Delivery> receive(Duration visibility) {
        Instant now = clock.instant();
        for (Map.Entry<String, Held> entry : messages.entrySet()) {
            Held message = entry.getValue();
            if (!message.visibleAt.isAfter(now)) {
                message.receives++;
                message.visibleAt = now.plus(visibility);
                message.receipt = UUID.randomUUID().toString();
                return Optional.of(new Delivery(entry.getKey(), message.receipt, message.body, message.receives));
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized boolean extend(Delivery delivery, Duration visibility) {
        if (!holds(delivery)) {
            return false;
        }
        messages.get(delivery.id()).visibleAt = clock.instant().plus(visibility);
        return true;
    }

    @Override
    public synchronized boolean acknowledge(Delivery delivery) {
        return holds(delivery) && messages.remove(delivery.id()) != null;
    }

    @Override
    public synchronized void bury(Delivery delivery, String reason) {
        if (holds(delivery)) {
            messages.remove(delivery.id());
            dead.add(new DeadLetter(delivery.id(), delivery.body(), reason));
        }
    }

    @Override
    public synchronized List<DeadLetter> deadLetters() {
        return List.copyOf(dead);
    }

    @Override
    public synchronized QueueDepth depth() {
        Instant now = clock.instant();
        int waiting = (int) messages.values().stream()
                .filter(m -> !m.visibleAt.isAfter(now))
                .count();
        return new QueueDepth(waiting, messages.size() - waiting, dead.size());
    }

    @Override
    public void close() {}

    private boolean holds(Delivery delivery) {
        Held message = messages.get(delivery.id());
        return message != null && message.receipt.equals(delivery.receipt());
    }
}
