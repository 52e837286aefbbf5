package org.fus.cloud.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.object.ObjectStore;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusException;

/** Fills packs with new chunks and sends them, a few at a time, while the caller goes on. For one thread. */
final class PackSender {
    /** Packs on their way at the same time; each holds its bytes in memory. */
    private static final int IN_FLIGHT = 3;

    private final ObjectStore objects;
    private final StoreLayout layout;
    private final ChunkIndex index;
    private final long epoch;
    private final ExecutorService threads;
    private final Deque<Future<Boolean>> sending = new ArrayDeque<>();

    /** Chunks of the open pack, whose name is known once it is full. */
    private final Map<ContentHash, ChunkIndex.Place> open = new LinkedHashMap<>();

    private Pack pack = new Pack();
    private long sentBytes;
    private int sentPacks;

    PackSender(ObjectStore objects, StoreLayout layout, ChunkIndex index, long epoch, ExecutorService threads) {
        this.objects = objects;
        this.layout = layout;
        this.index = index;
        this.epoch = epoch;
        this.threads = threads;
    }

    /** Sees to it that the project holds a chunk. Where it is, {@link ChunkIndex#find} tells after {@link #finish}. */
    void add(ContentHash hash, byte[] chunk) {
        if (index.find(hash) != null || open.containsKey(hash)) {
            return;
        }
        int offset = pack.add(hash, chunk);
        open.put(hash, new ChunkIndex.Place("", offset, chunk.length));
        if (pack.isFull()) {
            send();
        }
    }

    /** Sends the rest and waits for everything. */
    void finish() {
        if (!pack.isEmpty()) {
            send();
        }
        while (!sending.isEmpty()) {
            await(sending.remove());
        }
    }

    /** Bytes of new chunks. */
    long sentBytes() {
        return sentBytes;
    }

    int sentPacks() {
        return sentPacks;
    }

    private void send() {
        Pack full = pack;
        pack = new Pack();
        String name = index.nameFor(full.name(), epoch);
        open.forEach((hash, place) -> index.put(hash, new ChunkIndex.Place(name, place.offset(), place.bytes())));
        open.clear();
        sentBytes += full.chunkBytes();
        sentPacks++;
        while (sending.size() >= IN_FLIGHT) {
            await(sending.remove());
        }
        sending.add(threads.submit(() -> objects.putIfAbsent(layout.pack(name), full.toBytes())));
    }

    private static void await(Future<Boolean> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            if (e.getCause() instanceof Error r) {
                throw r;
            }
            throw new FusException("a pack could not be sent: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("import");
        } catch (CancellationException e) {
            throw new FusCancelledException("import");
        }
    }
}
