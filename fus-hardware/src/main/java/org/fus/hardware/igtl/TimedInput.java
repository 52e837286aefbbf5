package org.fus.hardware.igtl;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads messages from a connection: one may stay away for ever, but one that has begun must be whole within a time. Memory
 * grows with the bytes that came, not with the length that was announced.
 */
final class TimedInput {
    /** What is allocated before the first byte of a body is there. */
    private static final int FIRST_CHUNK = 64 * 1024;

    private interface TimeoutSetter {
        void set(int ms) throws SocketException;
    }

    private final InputStream in;
    private final TimeoutSetter timeout;
    private final Duration messageTimeout;
    private long deadlineNs;

    private TimedInput(InputStream in, TimeoutSetter timeout, Duration messageTimeout) {
        this.in = in;
        this.timeout = timeout;
        this.messageTimeout = messageTimeout;
    }

    static TimedInput of(Socket socket, Duration messageTimeout) throws IOException {
        return new TimedInput(socket.getInputStream(), socket::setSoTimeout, messageTimeout);
    }

    /** A stream that never waits. */
    static TimedInput of(InputStream in) {
        return new TimedInput(in, _ -> {}, Duration.ofDays(1));
    }

    /** Waits for a message to begin; its first byte, or -1 at the end of the stream. */
    int firstByte() throws IOException {
        timeout.set(0);
        int first = in.read();
        deadlineNs = System.nanoTime() + messageTimeout.toNanos();
        return first;
    }

    /**
     * Exactly {@code length} bytes.
     *
     * @throws EOFException when the stream ends before
     * @throws SocketTimeoutException when the message takes too long
     */
    byte[] read(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, FIRST_CHUNK)];
        int have = 0;
        while (have < length) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
            }
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            timeout.set(Math.clamp(leftMs, 1, Integer.MAX_VALUE));
            int n = in.read(bytes, have, bytes.length - have);
            if (n < 0) {
                throw new EOFException("the stream ended after " + have + " of " + length + " bytes");
            }
            have += n;
            if (have < length && leftMs <= 0) {
                throw new SocketTimeoutException("a message took longer than " + messageTimeout.toMillis() + " ms");
            }
        }
        return bytes;
    }
}
