package org.fus.hardware.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Presents a paradigm: one pulse per event, on the channel of its type, and keeps what was truly sent. */
public final class ParadigmPlayer implements AutoCloseable {
    /**
     * An event as it was presented.
     *
     * @param planned the event
     * @param edge its rising edge, with the times at which it went out
     */
    public record Presented(Paradigm.Event planned, TriggerEdge edge) {}

    private final Paradigm paradigm;
    private final TriggerPort port;
    private final Map<String, String> channels;
    private final CompletableFuture<List<Presented>> done = new CompletableFuture<>();
    private final List<Presented> presented = new ArrayList<>();
    private final long startNs;
    private final Thread thread;
    private volatile boolean stopping;

    private ParadigmPlayer(Paradigm paradigm, TriggerPort port, Map<String, String> channels) {
        this.paradigm = paradigm;
        this.port = port;
        this.channels = Map.copyOf(channels);
        this.startNs = System.nanoTime();
        // a thread of the system: a virtual one could wait for a carrier that computes
        this.thread = Thread.ofPlatform().daemon().name("fus-paradigm").unstarted(this::play);
    }

    /**
     * Starts a paradigm now.
     *
     * @param paradigm what to present
     * @param port where to; stays open
     * @param channels channel of the port per trial type
     * @return the run
     * @throws IllegalArgumentException naming all types without a channel
     */
    public static ParadigmPlayer start(Paradigm paradigm, TriggerPort port, Map<String, String> channels) {
        List<String> missing = paradigm.events().stream()
                .map(Paradigm.Event::trialType)
                .distinct()
                .filter(t -> !channels.containsKey(t))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "trial types " + missing + " have no channel; given are " + channels.keySet());
        }
        ParadigmPlayer player = new ParadigmPlayer(paradigm, port, channels);
        player.thread.start();
        return player;
    }

    private void play() {
        try {
            for (Paradigm.Event event : paradigm.events()) {
                if (!sleepUntil(startNs + Math.round(event.onsetS() * 1e9))) {
                    break;
                }
                TriggerEdge edge = port.emit(channels.get(event.trialType()), event.durationS(), event.trialType());
                synchronized (presented) {
                    presented.add(new Presented(event, edge));
                }
            }
            sleepUntil(startNs + Math.round(paradigm.durationS() * 1e9));
            done.complete(presented());
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private boolean sleepUntil(long ns) {
        while (!stopping) {
            long left = ns - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(left);
        }
        return false;
    }

    /**
     * When the paradigm began.
     *
     * @return on the clock of {@link System#nanoTime()}
     */
    public long startNs() {
        return startNs;
    }

    /**
     * What was presented so far.
     *
     * @return a copy
     */
    public List<Presented> presented() {
        synchronized (presented) {
            return List.copyOf(presented);
        }
    }

    /**
     * The end.
     *
     * @return completes with all that was presented, also after a stop; fails when the port fails
     */
    public CompletableFuture<List<Presented>> done() {
        return done;
    }

    /** Presents nothing more, and ends. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
