package org.fus.hardware.motion;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** How a stage reaches its host: futures and events, on virtual threads, so that a slow host delays nobody. */
final class StageCallbacks implements AutoCloseable {
    private static final int EVENT_BUFFER = 1024;

    private final String name;
    private final ExecutorService threads;
    private final SubmissionPublisher<StageEvent> publisher;
    private List<MotionFault> complaints = List.of();

    StageCallbacks(String name) {
        this.name = name;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fus-stage-callback-", 0).factory());
        this.publisher = new SubmissionPublisher<>(threads, EVENT_BUFFER);
    }

    Flow.Publisher<StageEvent> events() {
        return publisher;
    }

    void publish(StageEvent event) {
        boolean crowded = publisher.estimateMaximumLag() > EVENT_BUFFER / 2;
        if (publisher.isClosed() || (crowded && event instanceof StageEvent.PositionRead)) {
            return; // room for what matters more
        }
        publisher.offer(event, null);
    }

    void publish(MotionFault fault) {
        publish(new StageEvent.Faulted(System.nanoTime(), fault));
    }

    /** A controller that complains while nothing is asked of it: told once, until the complaint changes. */
    void publishNewFaults(List<AxisReading> readings) {
        List<MotionFault> now =
                readings.stream().flatMap(r -> r.fault().stream()).toList();
        now.stream().filter(f -> !complaints.contains(f)).forEach(this::publish);
        complaints = now;
    }

    void complete(CompletableFuture<StageStatus> future, StageStatus status) {
        run(() -> future.complete(status));
    }

    void fail(CompletableFuture<StageStatus> future, MotionFault fault, Throwable cause) {
        publish(fault);
        MotionException e = cause == null ? new MotionException(name, fault) : new MotionException(name, fault, cause);
        run(() -> future.completeExceptionally(e));
    }

    private void run(Runnable callback) {
        if (threads.isShutdown()) {
            callback.run(); // only for a request to a closed stage, on the caller's own thread
        } else {
            threads.execute(callback);
        }
    }

    @Override
    public void close() {
        publisher.close();
        threads.shutdown();
    }
}
