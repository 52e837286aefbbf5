package org.fus.hardware.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusStorageException;
import org.fus.hardware.trigger.TriggerEdge;

/**
 * Every edge of a port, with both times and the uncertainty, in a table that is appended and forced to the disk line by line.
 * Thread-safe.
 */
final class EdgeLog implements Flow.Subscriber<TriggerEdge>, AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final List<TriggerEdge> edges = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private int taken;
    private Optional<FusStorageException> failure = Optional.empty();
    private volatile Flow.Subscription subscription;

    EdgeLog(Path path) {
        this.path = path;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            write("port\tchannel\tdirection\tslope\tdevice_time_ns\thost_time_ns\tuncertainty_s\tlabel\n");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FusStorageException failed(IOException e) {
        return new FusStorageException(path.toString(), "log triggers", String.valueOf(e.getMessage()), false, e);
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
        subscription = s;
        s.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(TriggerEdge edge) {
        edges.add(edge);
        String device = edge.deviceTimeNs().isPresent()
                ? Long.toString(edge.deviceTimeNs().getAsLong())
                : "n/a";
        String label = edge.label().replaceAll("[\\t\\r\\n]+", " ").strip();
        try {
            write(String.join(
                            "\t",
                            edge.port(),
                            edge.channel(),
                            edge.direction().name().toLowerCase(Locale.ROOT),
                            edge.slope().name().toLowerCase(Locale.ROOT),
                            device,
                            Long.toString(edge.hostTimeNs()),
                            String.format(Locale.ROOT, "%.9f", edge.uncertaintyS()),
                            label.isEmpty() ? "n/a" : label)
                    + "\n");
        } catch (IOException e) {
            if (failure.isEmpty()) {
                failure = Optional.of(failed(e));
            }
        }
    }

    @Override
    public void onError(Throwable problem) {
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }

    /** Throws when an edge could not be written; it is kept here all the same. */
    synchronized void requireWritten() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    synchronized List<TriggerEdge> edges() {
        return List.copyOf(edges);
    }

    /** Edges since the last call. */
    synchronized List<TriggerEdge> takeNew() {
        List<TriggerEdge> fresh = List.copyOf(edges.subList(taken, edges.size()));
        taken = edges.size();
        return fresh;
    }

    /** Waits a moment for edges on their way, and takes no more. */
    @Override
    public void close() {
        try {
            if (subscription != null && !ended.await(200, TimeUnit.MILLISECONDS)) {
                subscription.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            try {
                file.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
