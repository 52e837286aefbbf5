package org.fus.hardware.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamTest {
    private final AtomicReference<Throwable> storeFailure = new AtomicReference<>();
    private final LiveStream<Integer> stream =
            new LiveStream<>("numbers", Thread.ofPlatform().daemon().factory(), storeFailure::set);

    @AfterEach
    void noThreadIsLeft() {
        stream.end(true);
        stream.join();
        assertThat(LiveRig.threads()).isEmpty();
    }

    private void publish(int... items) {
        for (int i : items) {
            stream.publish(i, System.nanoTime(), true);
        }
    }

    @Test
    void newestOnly_slow_getsTheNewestAndCountsTheOthers() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Semaphore steps = new Semaphore(0);
        LiveSubscription view = stream.subscribe("view", StreamPolicy.NEWEST_ONLY, i -> {
            seen.add(i);
            steps.acquireUninterruptibly();
        });
        publish(0);
        LiveRig.eventually(() -> seen.size() == 1); // it is busy with 0
        publish(1, 2, 3, 4);
        steps.release(2);
        LiveRig.eventually(() -> view.figures().delivered() == 2);
        assertThat(seen).containsExactly(0, 4);
        SubscriberFigures figures = view.figures();
        assertThat(figures.published()).isEqualTo(5);
        assertThat(figures.dropped()).isEqualTo(3);
        assertThat(figures.mostWaiting()).isEqualTo(1);
        assertThat(figures.latency().count()).isEqualTo(2);
    }

    @Test
    void newestOnly_whenNothingIsShown_isThinned() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        LiveSubscription view = stream.subscribe("view", StreamPolicy.NEWEST_ONLY, seen::add);
        LiveSubscription all = stream.subscribe("all", StreamPolicy.PROCESS_ALL, i -> {});
        stream.publish(1, 0, false);
        stream.publish(2, 0, true);
        LiveRig.eventually(
                () -> view.figures().delivered() == 1 && all.figures().delivered() == 2);
        assertThat(seen).containsExactly(2);
        assertThat(view.figures().thinned()).isEqualTo(1);
        assertThat(view.figures().dropped()).isZero();
        assertThat(all.figures().thinned()).isZero();
    }

    @Test
    void processAll_slow_getsAllInOrderAndHoldsThePublisherUp() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Semaphore steps = new Semaphore(0);
        LiveSubscription all = stream.subscribe("all", StreamPolicy.PROCESS_ALL, i -> {
            steps.acquireUninterruptibly();
            seen.add(i);
        });
        Thread publisher =
                Thread.ofPlatform().start(() -> publish(IntStream.range(0, 20).toArray()));
        // one in its hands, four in line, one that waits for room
        LiveRig.eventually(() ->
                publisher.getState() == Thread.State.WAITING && all.figures().published() == 6);
        steps.release(20);
        publisher.join();
        LiveRig.eventually(() -> all.figures().delivered() == 20);
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(all.figures().dropped()).isZero();
        assertThat(all.figures().mostWaiting()).isEqualTo(4);
    }

    @Test
    void end_inOrder_handsOverWhatWaits() {
        for (StreamPolicy policy : StreamPolicy.values()) {
            List<Integer> seen = ended(policy, false);
            assertThat(seen).as(policy.name()).containsExactly(0, 1);
        }
    }

    @Test
    void end_cancelled_handsOverOnlyWhatMustBeStored() {
        assertThat(ended(StreamPolicy.NEWEST_ONLY, true)).containsExactly(0);
        assertThat(ended(StreamPolicy.PROCESS_ALL, true)).containsExactly(0);
        assertThat(ended(StreamPolicy.STORE_ALL, true)).containsExactly(0, 1);
    }

    /** What a subscriber gets that is busy with 0 when 1 waits and the stream ends. */
    private static List<Integer> ended(StreamPolicy policy, boolean cancelled) {
        LiveStream<Integer> own =
                new LiveStream<>("own", Thread.ofPlatform().daemon().factory(), t -> {});
        List<Integer> seen = new CopyOnWriteArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        own.subscribe("one", policy, i -> {
            seen.add(i);
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        own.publish(0, 0, true);
        LiveRig.eventually(() -> seen.size() == 1);
        own.publish(1, 0, true);
        own.end(cancelled);
        own.publish(2, 0, true);
        go.countDown();
        LiveRig.eventually(() -> !own.isBusy());
        return seen;
    }

    @Test
    void subscriber_thatThrows_isOutAndKeepsNobodyElseWaiting() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        LiveSubscription bad = stream.subscribe("bad", StreamPolicy.PROCESS_ALL, i -> {
            throw new IllegalStateException("no " + i);
        });
        LiveSubscription good = stream.subscribe("good", StreamPolicy.PROCESS_ALL, seen::add);
        publish(IntStream.range(0, 30).toArray());
        LiveRig.eventually(() -> good.figures().delivered() == 30);
        LiveRig.eventually(() -> bad.figures().failure().isPresent());
        assertThat(bad.figures().failure().orElseThrow()).hasMessage("no 0");
        assertThat(bad.figures().delivered()).isZero();
        assertThat(bad.figures().dropped()).isEqualTo(bad.figures().published()).isEqualTo(30);
        assertThat(storeFailure.get()).isNull();
    }

    @Test
    void store_thatThrows_isReported() {
        AssertionError error = new AssertionError("disk");
        stream.subscribe("store", StreamPolicy.STORE_ALL, i -> {
            throw error;
        });
        publish(1);
        LiveRig.eventually(() -> storeFailure.get() != null);
        assertThat(storeFailure.get()).isSameAs(error);
    }

    @Test
    void close_ofASubscription_endsItAlone() {
        List<Integer> first = new CopyOnWriteArrayList<>();
        List<Integer> second = new CopyOnWriteArrayList<>();
        LiveSubscription one = stream.subscribe("one", StreamPolicy.NEWEST_ONLY, first::add);
        LiveSubscription two = stream.subscribe("two", StreamPolicy.PROCESS_ALL, second::add);
        publish(1);
        LiveRig.eventually(() -> first.size() == 1);
        one.close();
        one.close();
        publish(2);
        LiveRig.eventually(() -> two.figures().delivered() == 2);
        assertThat(first).containsExactly(1);
        assertThat(stream.figures()).extracting(SubscriberFigures::name).containsExactly("two");
    }

    @Test
    void close_bySubscriberItself_doesNotWaitForItself() {
        List<LiveSubscription> own = new ArrayList<>();
        CountDownLatch subscribed = new CountDownLatch(1);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        own.add(stream.subscribe("once", StreamPolicy.PROCESS_ALL, i -> {
            try {
                subscribed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            seen.add(i);
            own.getFirst().close();
        }));
        subscribed.countDown();
        publish(1, 2, 3);
        LiveRig.eventually(() -> stream.figures().isEmpty());
        assertThat(seen).containsExactly(1);
    }

    @Test
    void join_subscriberThatIsStuck_isInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        LiveSubscription stuck = stream.subscribe("stuck", StreamPolicy.PROCESS_ALL, i -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        });
        publish(1);
        LiveRig.eventually(() -> stuck.figures().latency().count() == 1);
        stream.end(true);
        stream.join();
        assertThat(stuck.figures().failure().orElseThrow()).hasMessage("interrupted");
    }

    @Test
    void subscribe_afterTheEnd_isNeverCalled() {
        stream.end(false);
        LiveSubscription late = stream.subscribe("late", StreamPolicy.STORE_ALL, i -> {});
        publish(1);
        assertThat(late.figures().published()).isZero();
    }
}
