package org.fus.hardware.lsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * Who sees the streams, and how much may wait.
 *
 * @param network false: programs of this machine alone; true: everybody on the network, as LSL has no passwords
 * @param sessionId streams of other sessions are not seen; liblsl's own is {@code default}
 * @param bufferSamples samples that may wait for a slow reader; the oldest are lost, and counted
 * @param maxClients readers of an outlet at one time
 * @param timeout longest wait for the other side in a conversation
 * @param threads makes the threads; virtual ones by default
 */
public record LslOptions(
        boolean network, String sessionId, int bufferSamples, int maxClients, Duration timeout, ThreadFactory threads) {
    /** Checks; all problems are told at once. */
    public LslOptions {
        List<String> problems = new ArrayList<>();
        if (sessionId.isEmpty() || sessionId.indexOf('\'') >= 0) {
            problems.add("session '" + sessionId + "', expected a name without quotes");
        }
        if (bufferSamples < 1) {
            problems.add("buffer of " + bufferSamples + " samples, expected at least 1");
        }
        if (maxClients < 1) {
            problems.add(maxClients + " clients, expected at least 1");
        }
        if (timeout.toMillis() < 1) {
            problems.add("timeout of " + timeout + ", expected at least 1 ms");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Objects.requireNonNull(threads, "threads");
    }

    /**
     * This machine alone, session {@code default}, 4096 samples, 32 clients, 5 s.
     *
     * @return the options
     */
    public static LslOptions local() {
        return new LslOptions(
                false,
                "default",
                4096,
                32,
                Duration.ofSeconds(5),
                Thread.ofVirtual().name("fus-lsl-", 0).factory());
    }

    /**
     * The same, seen by everybody on the network.
     *
     * @return a changed copy
     */
    public LslOptions onNetwork() {
        return new LslOptions(true, sessionId, bufferSamples, maxClients, timeout, threads);
    }

    /**
     * The same in another session.
     *
     * @param changed its name, without quotes
     * @return a changed copy
     */
    public LslOptions withSession(String changed) {
        return new LslOptions(network, changed, bufferSamples, maxClients, timeout, threads);
    }

    /**
     * The same with another buffer.
     *
     * @param changed samples, at least 1
     * @return a changed copy
     */
    public LslOptions withBufferSamples(int changed) {
        return new LslOptions(network, sessionId, changed, maxClients, timeout, threads);
    }

    /**
     * The same with another longest wait.
     *
     * @param changed at least 1 ms
     * @return a changed copy
     */
    public LslOptions withTimeout(Duration changed) {
        return new LslOptions(network, sessionId, bufferSamples, maxClients, changed, threads);
    }

    /**
     * The same with the host's threads.
     *
     * @param changed makes the threads
     * @return a changed copy
     */
    public LslOptions withThreads(ThreadFactory changed) {
        return new LslOptions(network, sessionId, bufferSamples, maxClients, timeout, changed);
    }
}
