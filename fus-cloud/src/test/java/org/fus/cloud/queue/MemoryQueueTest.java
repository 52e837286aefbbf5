package org.fus.cloud.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

class MemoryQueueTest extends JobQueueConformance {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));

    @Override
    protected JobQueue open() {
        return new MemoryQueue(now::get);
    }

    @Override
    protected void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }
}
