package org.fus.hardware.igtl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * How a server or client behaves.
 *
 * @param headerVersion version of the headers that are sent: 1, which every program reads, or 2, which carries metadata
 * @param maxBodyBytes longest message that is accepted; a longer one ends the connection
 * @param queueLength messages that may wait for a slow reader; an image replaces the older one of its device
 * @param messageTimeout a message that has begun must be whole, and one that is sent must be taken, within this time
 * @param maxClients connections that a server accepts at one time; a client does not use it
 * @param threads makes the threads; virtual ones by default
 */
public record IgtlOptions(
        int headerVersion,
        int maxBodyBytes,
        int queueLength,
        Duration messageTimeout,
        int maxClients,
        ThreadFactory threads) {
    /** The protocol's port. */
    public static final int PORT = 18944;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int QUEUE = 64;
    private static final int CLIENTS = 16;

    /** Checks; all problems are told at once. */
    public IgtlOptions {
        List<String> problems = new ArrayList<>();
        if (headerVersion < 1 || headerVersion > IgtlHeader.NEWEST_VERSION) {
            problems.add("header version of " + headerVersion + ", expected 1 or 2");
        }
        if (maxBodyBytes < 1024) {
            problems.add("longest message of " + maxBodyBytes + " bytes, expected at least 1024");
        }
        if (queueLength < 1) {
            problems.add("queue of " + queueLength + " messages, expected at least 1");
        }
        if (messageTimeout.toMillis() < 1) {
            problems.add("message timeout of " + messageTimeout + ", expected at least 1 ms");
        }
        if (maxClients < 1) {
            problems.add(maxClients + " clients, expected at least 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Objects.requireNonNull(threads, "threads");
    }

    /**
     * Defaults of a server: header version 1, commands of at most 1 MiB, 16 clients, 10 s for a message.
     *
     * @return the options
     */
    public static IgtlOptions forServer() {
        return new IgtlOptions(1, 1 << 20, QUEUE, TIMEOUT, CLIENTS, virtualThreads());
    }

    /**
     * Defaults of a client: header version 1, messages of at most 256 MiB, 10 s for a message.
     *
     * @return the options
     */
    public static IgtlOptions forClient() {
        return new IgtlOptions(1, 256 << 20, QUEUE, TIMEOUT, CLIENTS, virtualThreads());
    }

    private static ThreadFactory virtualThreads() {
        return Thread.ofVirtual().name("fus-igtl-", 0).factory();
    }

    /**
     * The same with another header version.
     *
     * @param changed 1 or 2
     * @return a changed copy
     */
    public IgtlOptions withHeaderVersion(int changed) {
        return new IgtlOptions(changed, maxBodyBytes, queueLength, messageTimeout, maxClients, threads);
    }

    /**
     * The same with another limit of message length.
     *
     * @param changed bytes, at least 1024
     * @return a changed copy
     */
    public IgtlOptions withMaxBodyBytes(int changed) {
        return new IgtlOptions(headerVersion, changed, queueLength, messageTimeout, maxClients, threads);
    }

    /**
     * The same with another queue.
     *
     * @param changed messages, at least 1
     * @return a changed copy
     */
    public IgtlOptions withQueueLength(int changed) {
        return new IgtlOptions(headerVersion, maxBodyBytes, changed, messageTimeout, maxClients, threads);
    }

    /**
     * The same with another time for a message.
     *
     * @param changed at least 1 ms
     * @return a changed copy
     */
    public IgtlOptions withMessageTimeout(Duration changed) {
        return new IgtlOptions(headerVersion, maxBodyBytes, queueLength, changed, maxClients, threads);
    }

    /**
     * The same with another number of clients.
     *
     * @param changed at least 1
     * @return a changed copy
     */
    public IgtlOptions withMaxClients(int changed) {
        return new IgtlOptions(headerVersion, maxBodyBytes, queueLength, messageTimeout, changed, threads);
    }

    /**
     * The same with the host's threads.
     *
     * @param changed makes the threads
     * @return a changed copy
     */
    public IgtlOptions withThreads(ThreadFactory changed) {
        return new IgtlOptions(headerVersion, maxBodyBytes, queueLength, messageTimeout, maxClients, changed);
    }
}
