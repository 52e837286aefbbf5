package org.fus.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.fus.core.error.FusCancelledException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunContextTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void forEach_anyContext_runsEveryTaskOnce() {
        for (RunContext context : List.of(RunContext.inline(), RunContext.of(pool, 2), RunContext.of(pool, 9))) {
            AtomicIntegerArray runs = new AtomicIntegerArray(1000);

            context.forEach("count", 1000, runs::incrementAndGet);

            for (int i = 0; i < 1000; i++) {
                assertThat(runs.get(i)).isEqualTo(1);
            }
        }
        RunContext.inline().forEach("nothing", 0, i -> {
            throw new AssertionError("no task was asked for");
        });
    }

    @Test
    void forEach_oneThreadPoolThatCallsItself_doesNotDeadlock() throws Exception {
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            RunContext context = RunContext.of(one, 4);
            AtomicInteger inner = new AtomicInteger();
            Future<?> outer = one.submit(() ->
                    context.forEach("outer", 5, i -> context.forEach("inner", 7, j -> inner.incrementAndGet())));

            outer.get(10, TimeUnit.SECONDS);

            assertThat(inner.get()).isEqualTo(35);
        }
    }

    @Test
    void forEach_executorThatRefuses_worksOnTheCallingThread() {
        Thread caller = Thread.currentThread();
        RunContext context = RunContext.of(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                4);

        context.forEach("refused", 10, i -> assertThat(Thread.currentThread()).isSameAs(caller));
    }

    @Test
    void forEach_listener_hearsMonotonicProgressOnTheCallingThread() {
        Thread caller = Thread.currentThread();
        List<Long> heard = new ArrayList<>();
        RunContext context = RunContext.of(pool, 4).withProgress((stage, done, total) -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            assertThat(stage).isEqualTo("work");
            assertThat(total).isEqualTo(200);
            heard.add(done);
        });

        context.forEach("work", 200, i -> pause(1));

        assertThat(heard).isSorted().startsWith(0L).endsWith(200L);
    }

    @Test
    void forEach_cancelled_stopsWithin50ms() {
        CancelToken token = new CancelToken();
        RunContext context = RunContext.of(pool, 3).withCancel(token);
        AtomicInteger done = new AtomicInteger();
        long[] cancelledAtNs = new long[1];

        assertThatThrownBy(() -> context.forEach("long", 100_000, i -> {
                    if (done.incrementAndGet() == 20) {
                        cancelledAtNs[0] = System.nanoTime();
                        token.cancel();
                    }
                    pause(2);
                }))
                .isInstanceOf(FusCancelledException.class)
                .hasMessage("long: cancelled");

        assertThat(done.get()).isLessThan(40);
        // tasks of 2 ms; the bound leaves room for a busy machine, a hundred thousand tasks would take minutes
        assertThat(System.nanoTime() - cancelledAtNs[0]).isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void forEach_taskThatFails_throwsItsExceptionAndStops() {
        AtomicInteger done = new AtomicInteger();

        assertThatThrownBy(() -> RunContext.of(pool, 3).forEach("failing", 100_000, i -> {
                    if (i == 5) {
                        throw new IllegalStateException("task 5");
                    }
                    done.incrementAndGet();
                    pause(1);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task 5");
        assertThat(done.get()).isLessThan(1000);
    }

    @Test
    void forEach_interruptedCaller_finishesAndKeepsTheFlag() {
        AtomicInteger done = new AtomicInteger();
        Thread.currentThread().interrupt();

        RunContext.of(pool, 3).forEach("interrupted", 50, i -> done.incrementAndGet());

        assertThat(done.get()).isEqualTo(50);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void of_noThread_isRefused() {
        assertThatThrownBy(() -> RunContext.of(pool, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void pause(long ms) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
