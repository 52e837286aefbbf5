package org.fus.hardware.motion;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.fus.hardware.transport.ByteTransport;

/**
 * A driver's line to its controller: whole commands out, lines or frames in, everything that comes in bounded. One thread
 * reads; any thread writes. A command that moves something goes out only while its {@link MotionPermit} stands; permit and
 * write share one lock with the stop commands.
 */
public final class ControllerLink implements AutoCloseable {
    /** Longest line that a controller may send: four times the longest of the protocols here. */
    private static final int LONGEST_LINE = 512;

    /** Most bytes thrown away in one go; a controller that talks longer is broken. */
    private static final int MOST_DISCARDED = 1 << 16;

    private final ByteTransport transport;
    private final Duration replyTimeout;
    private final Object writing = new Object();
    private final byte[] buffer = new byte[1024];
    private int start;
    private int end;

    /**
     * Takes over a line.
     *
     * @param transport the line; closed by {@link #close}
     * @param replyTimeout how long a controller may take to answer
     */
    public ControllerLink(ByteTransport transport, Duration replyTimeout) {
        this.transport = transport;
        this.replyTimeout = replyTimeout;
    }

    /**
     * For messages.
     *
     * @return name of the line
     */
    public String name() {
        return transport.name();
    }

    /**
     * Writes something that moves nothing, or stops.
     *
     * @param command whole command
     */
    public void send(byte[] command) {
        synchronized (writing) {
            transport.write(command);
        }
    }

    /**
     * Writes something that moves nothing, or stops.
     *
     * @param command whole command, ASCII
     */
    public void send(String command) {
        send(command.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Writes something that moves, if the permit still stands.
     *
     * @param command whole command
     * @param permit the right to move
     * @throws MotionException when the permit was taken back; nothing is written
     */
    public void send(byte[] command, MotionPermit permit) {
        synchronized (writing) {
            permit.check(name());
            transport.write(command);
        }
    }

    /**
     * Writes something that moves, if the permit still stands.
     *
     * @param command whole command, ASCII
     * @param permit the right to move
     * @throws MotionException when the permit was taken back; nothing is written
     */
    public void send(String command, MotionPermit permit) {
        send(command.getBytes(StandardCharsets.US_ASCII), permit);
    }

    /**
     * The deadline for a reply to a command sent now.
     *
     * @return on the clock of {@link System#nanoTime()}
     */
    public long replyDeadline() {
        return System.nanoTime() + replyTimeout.toNanos();
    }

    /**
     * Waits for a line.
     *
     * @param deadlineNs from {@link #replyDeadline}
     * @return the line without its end
     * @throws MotionException of kind PROTOCOL when none comes, or it is too long or holds bytes that are not text
     */
    public String readLine(long deadlineNs) {
        int scanned = 0;
        while (true) {
            for (int i = start + scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    int from = start;
                    int length = i - start;
                    start = i + 1;
                    return text(from, length);
                }
            }
            scanned = end - start;
            if (scanned > LONGEST_LINE) {
                start = end = 0;
                throw protocol("sent a line of more than " + LONGEST_LINE + " bytes");
            }
            fill(deadlineNs, "line");
        }
    }

    private String text(int from, int length) {
        int first = from;
        int last = from + length;
        if (first < last && buffer[first] == '\r') { // some end their lines with LF CR
            first++;
        }
        if (first < last && buffer[last - 1] == '\r') {
            last--;
        }
        for (int i = first; i < last; i++) {
            if ((buffer[i] < 0x20 || buffer[i] > 0x7e) && buffer[i] != '\t') {
                throw protocol("sent the byte 0x" + Integer.toHexString(buffer[i] & 0xff)
                        + " within a line, expected text; check baud rate and cable");
            }
        }
        return new String(buffer, first, last - first, StandardCharsets.US_ASCII);
    }

    /**
     * Waits for a number of bytes.
     *
     * @param n bytes, 1 to 512
     * @param deadlineNs from {@link #replyDeadline}
     * @return the bytes
     * @throws MotionException of kind PROTOCOL when they do not all come in time
     */
    public byte[] readExactly(int n, long deadlineNs) {
        if (n < 1 || n > LONGEST_LINE) {
            throw new IllegalArgumentException("frame of " + n + " bytes, expected 1 to " + LONGEST_LINE);
        }
        while (end - start < n) {
            fill(deadlineNs, "frame of " + n + " bytes");
        }
        byte[] frame = new byte[n];
        System.arraycopy(buffer, start, frame, 0, n);
        start += n;
        return frame;
    }

    /**
     * Tells whether there are bytes to read without waiting.
     *
     * @return true when there are
     */
    public boolean hasInput() {
        if (start == end) {
            start = end = 0;
            end = transport.read(buffer, 0, buffer.length, Duration.ZERO);
        }
        return start < end;
    }

    private void fill(long deadlineNs, String what) {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int n = transport.read(buffer, end, buffer.length - end, Duration.ofNanos(deadlineNs - System.nanoTime()));
        if (n == 0) {
            throw protocol("no answer (" + what + ") within " + replyTimeout.toMillis()
                    + " ms; check power, cable, baud rate and that it is a controller of this kind");
        }
        end += n;
    }

    /**
     * Throws away what came in, until the line has been quiet: after a reply that made no sense, the next one belongs to
     * the next question again.
     *
     * @param quiet how long nothing may come
     * @throws MotionException of kind PROTOCOL when the controller does not stop talking
     */
    public void discardInput(Duration quiet) {
        start = end = 0;
        int discarded = 0;
        while (true) {
            int n = transport.read(buffer, 0, buffer.length, quiet);
            if (n == 0) {
                return;
            }
            discarded += n;
            if (discarded > MOST_DISCARDED) {
                throw protocol("talks without end (more than " + MOST_DISCARDED + " bytes that nobody asked for)");
            }
        }
    }

    /**
     * A failure of kind PROTOCOL.
     *
     * @param problem what the controller did
     * @return the failure
     */
    public MotionException protocol(String problem) {
        return new MotionException(name(), MotionFault.of(MotionFault.Kind.PROTOCOL, problem));
    }

    @Override
    public void close() {
        transport.close();
    }
}
