package org.fus.cloud.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every queue must do. Times are short, and waits longer than they are, so a slow machine fails nothing. */
public abstract class JobQueueConformance {
    private static final Duration LONG = Duration.ofMinutes(5);

    private JobQueue queue;

    /** An empty queue. */
    protected abstract JobQueue open() throws Exception;

    /** Lets time pass, in truth or on the clock of the queue. */
    protected abstract void pass(Duration time) throws Exception;

    @BeforeEach
    void openQueue() throws Exception {
        queue = open();
    }

    @AfterEach
    void closeQueue() {
        queue.close();
    }

    @Test
    void whatIsSent_isDeliveredOnce_andGoneAfterwards() {
        assertThat(queue.receive(LONG)).isEmpty();
        queue.send("Größe \u0001 <b>&\n");
        Delivery delivery = queue.receive(LONG).orElseThrow();
        assertThat(delivery.body()).isEqualTo("Größe \u0001 <b>&\n");
        assertThat(delivery.receives()).isEqualTo(1);
        assertThat(queue.receive(LONG)).isEmpty();
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 0));
        assertThat(queue.acknowledge(delivery)).isTrue();
        assertThat(queue.acknowledge(delivery)).isFalse();
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
    }

    @Test
    void whatIsNotAcknowledged_comesBack_andTheFirstHolderLosesIt() throws Exception {
        queue.send("a");
        Delivery first = queue.receive(Duration.ofSeconds(2)).orElseThrow();
        pass(Duration.ofSeconds(3));
        Delivery second = queue.receive(LONG).orElseThrow();
        assertThat(second.receives()).isEqualTo(2);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(queue.extend(first, LONG)).isFalse();
        assertThat(queue.acknowledge(first)).isFalse();
        assertThat(queue.acknowledge(second)).isTrue();
    }

    @Test
    void whatIsExtended_doesNotComeBack() throws Exception {
        queue.send("a");
        Delivery delivery = queue.receive(Duration.ofSeconds(2)).orElseThrow();
        assertThat(queue.extend(delivery, LONG)).isTrue();
        pass(Duration.ofSeconds(3));
        assertThat(queue.receive(LONG)).isEmpty();
        assertThat(queue.acknowledge(delivery)).isTrue();
    }

    @Test
    void whatIsReleased_comesBackAfterItsDelay() throws Exception {
        queue.send("a");
        Delivery delivery = queue.receive(LONG).orElseThrow();
        assertThat(queue.release(delivery, Duration.ofSeconds(2))).isTrue();
        assertThat(queue.receive(LONG)).isEmpty();
        pass(Duration.ofSeconds(3));
        assertThat(queue.receive(LONG).orElseThrow().receives()).isEqualTo(2);
    }

    @Test
    void whatIsBuried_isKeptAside() {
        queue.send("poison");
        queue.bury(queue.receive(LONG).orElseThrow(), "it kills");
        assertThat(queue.receive(LONG)).isEmpty();
        assertThat(queue.depth().dead()).isEqualTo(1);
        assertThat(queue.deadLetters()).singleElement().satisfies(d -> {
            assertThat(d.body()).isEqualTo("poison");
            assertThat(d.reason()).isEqualTo("it kills");
        });
    }

    @Test
    void tooLongBody_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> queue.send("x".repeat(JobQueue.MAX_BODY_BYTES + 1)));
        queue.send("x".repeat(JobQueue.MAX_BODY_BYTES));
        assertThat(queue.receive(LONG)).isPresent();
    }

    @Test
    void manyWorkersAtOnce_getEachMessageOnce() throws Exception {
        int count = 40;
        for (int i = 0; i < count; i++) {
            queue.send("m" + i);
        }
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                all.add(threads.submit(() -> {
                    for (Optional<Delivery> d = queue.receive(LONG); d.isPresent(); d = queue.receive(LONG)) {
                        got.add(d.get().body());
                        queue.acknowledge(d.get());
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(got).hasSize(count);
        assertThat(new HashSet<>(got)).hasSize(count);
    }
}
