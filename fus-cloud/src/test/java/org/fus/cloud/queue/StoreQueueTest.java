package org.fus.cloud.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.fus.cloud.object.FolderObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreQueueTest extends JobQueueConformance {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));

    @Override
    protected JobQueue open() {
        return StoreQueue.of(FolderObjectStore.of(folder), "jobs", now::get);
    }

    @Override
    protected void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    @Test
    void whatIsNoMessage_stopsNobody() throws IOException {
        JobQueue queue = open();
        queue.send("good");
        Files.writeString(folder.resolve("queues/jobs/messages/0000-bad"), "{\"schema\":");
        assertThat(queue.receive(Duration.ofMinutes(1)).orElseThrow().body()).isEqualTo("good");
        assertThat(queue.deadLetters())
                .singleElement()
                .satisfies(d -> assertThat(d.reason()).contains("0000-bad"));
    }
}
