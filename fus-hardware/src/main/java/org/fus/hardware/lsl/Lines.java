package org.fus.hardware.lsl;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The lines that open a conversation: of bounded length all together, within a bounded time. */
final class Lines {
    /** As much as liblsl reads for one line. */
    private static final int MOST_BYTES = 16384;

    private final Socket socket;
    private final BufferedInputStream in;
    private final long deadlineNs;
    private int left = MOST_BYTES;

    Lines(Socket socket, Duration timeout) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.deadlineNs = System.nanoTime() + timeout.toNanos();
        socket.setSoTimeout(Math.toIntExact(Math.min(timeout.toMillis(), Integer.MAX_VALUE)));
    }

    /** The next line without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the stream ended inside the opening lines");
            }
            if (--left < 0) {
                throw new IOException("more than " + MOST_BYTES + " bytes of opening lines");
            }
            if (System.nanoTime() > deadlineNs) {
                throw new SocketTimeoutException("the opening lines took too long");
            }
            line.append((char) b);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    /** Lines of the form {@code Name: value ; comment} up to an empty one; names in lower case. */
    Map<String, String> fields() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String value = line.substring(colon + 1);
                int comment = value.indexOf(';');
                fields.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        (comment < 0 ? value : value.substring(0, comment)).strip());
            }
        }
        return fields;
    }

    /** What comes after the lines, without a limit of time. */
    InputStream rest() throws IOException {
        socket.setSoTimeout(0);
        return in;
    }
}
