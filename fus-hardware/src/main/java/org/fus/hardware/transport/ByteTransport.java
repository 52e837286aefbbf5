package org.fus.hardware.transport;

import java.time.Duration;

/**
 * A stream of bytes in both directions. One thread reads at a time; any thread may write or close.
 * {@link #close} makes a read or write that is under way on another thread end with a {@link TransportException}.
 */
public interface ByteTransport extends AutoCloseable {
    /** How long a write waits for a peer that takes no bytes, before it gives up: 1 s, as long as the host watchdog. */
    Duration WRITE_TIMEOUT = Duration.ofSeconds(1);

    /**
     * Where the bytes go, for messages.
     *
     * @return such as {@code tcp://127.0.0.1:5007}
     */
    String name();

    /**
     * Waits for bytes and takes those that are there.
     *
     * @param target takes the bytes
     * @param offset index of the first
     * @param length most bytes to take, at least 1
     * @param timeout longest wait; zero or less takes only what is there already
     * @return bytes taken, from 1 to {@code length}; 0 when none came in time
     * @throws TransportException when this end is closed, or the other end is gone
     */
    int read(byte[] target, int offset, int length, Duration timeout);

    /**
     * Writes all bytes, not mixed with those of another thread.
     *
     * @param bytes what to write
     * @throws TransportException when this end is closed, the other end is gone, or it takes no bytes for
     *     {@link #WRITE_TIMEOUT}
     */
    void write(byte[] bytes);

    /**
     * Tells whether {@link #close} has not been called yet.
     *
     * @return true when open
     */
    boolean isOpen();

    /** Lets go of the line. May be called any number of times, from any thread. */
    @Override
    void close();
}
