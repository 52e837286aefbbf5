package org.fus.hardware.bridge;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection between host and scanner: whole messages, one at a time. Reads and writes wait for the other end; whoever
 * holds the link looks at {@link #troubleAfter} from a thread of its own and closes it, which ends both.
 */
final class BridgeLink implements AutoCloseable {
    /** What is allocated before the first byte of a body is there. */
    private static final int FIRST_CHUNK = 64 << 10;

    private final String name;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    // fair, so that a reply gets between the parts of a block
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Queue<byte[]> posted = new ConcurrentLinkedQueue<>();
    private byte[] buffer = new byte[FIRST_CHUNK];
    private volatile long heardNs = System.nanoTime();
    private volatile long readingSinceNs;
    private volatile long messageSinceNs;
    private volatile long writingSinceNs;

    /** A message as it came; its body is good until the next one is read. */
    record Incoming(MessageType type, int flags, int request, WireReader body) {
        boolean isReply() {
            return (flags & BridgeMessage.REPLY) != 0;
        }

        boolean isRefusal() {
            return (flags & BridgeMessage.REFUSED) != 0;
        }
    }

    BridgeLink(String name, Socket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true); // commands are short and must not wait for more
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    String name() {
        return name;
    }

    /** Sends a message; waits until the connection has taken it. */
    void send(BridgeMessage message) throws IOException {
        byte[] bytes = message.bytes();
        send(bytes, bytes.length);
    }

    void send(byte[] bytes, int length) throws IOException {
        writing.lock();
        try {
            writePosted();
            write(bytes, length);
        } finally {
            writing.unlock();
        }
        flush();
    }

    /**
     * Sends a message without waiting for another thread that is sending: that one sends it next. A link that is broken
     * drops it; its reader tells.
     */
    void post(BridgeMessage message) {
        posted.add(message.bytes());
        flush();
    }

    private void flush() {
        while (!posted.isEmpty() && writing.tryLock()) {
            try {
                writePosted();
            } catch (IOException e) {
                close();
            } finally {
                writing.unlock();
            }
        }
    }

    private void writePosted() throws IOException {
        for (byte[] next = posted.poll(); next != null; next = posted.poll()) {
            write(next, next.length);
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        writingSinceNs = System.nanoTime() | 1; // never 0
        try {
            out.write(bytes, 0, length);
        } finally {
            writingSinceNs = 0;
        }
    }

    /**
     * Waits for the next message.
     *
     * @throws IOException when the connection has ended
     * @throws ProtocolFault when what came is no message
     */
    Incoming read() throws IOException {
        readingSinceNs = System.nanoTime() | 1; // never 0
        try {
            return message();
        } finally {
            readingSinceNs = 0;
            messageSinceNs = 0;
        }
    }

    private Incoming message() throws IOException {
        fill(BridgeMessage.HEADER);
        ByteBuffer header = ByteBuffer.wrap(buffer, 0, BridgeMessage.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        long length = Integer.toUnsignedLong(header.getInt());
        int code = Short.toUnsignedInt(header.getShort());
        int flags = Short.toUnsignedInt(header.getShort());
        int request = header.getInt();
        MessageType type = MessageType.of(code);
        if (type == null || flags > (BridgeMessage.REPLY | BridgeMessage.REFUSED)) {
            throw new ProtocolFault(
                    name,
                    "a message of type " + code + " with flags " + flags
                            + ", which the protocol does not have; is a scanner bridge at that port?");
        }
        if (length > BridgeMessage.MAX_BODY) {
            throw new ProtocolFault(
                    name,
                    "message " + type + " announces " + length + " bytes, at most " + BridgeMessage.MAX_BODY
                            + " are possible");
        }
        fill((int) length);
        return new Incoming(type, flags, request, new WireReader(name, type, buffer, (int) length));
    }

    private void fill(int length) throws IOException {
        int have = 0;
        while (have < length) {
            if (have == buffer.length) { // it grows with what came, not with what was announced
                buffer = Arrays.copyOf(buffer, Math.min(length, 2 * buffer.length));
            }
            int n = in.read(buffer, have, Math.min(length, buffer.length) - have);
            if (n < 0) {
                throw new EOFException(
                        have == 0 && messageSinceNs == 0
                                ? "the other end has closed the connection"
                                : "the connection ended within a message");
            }
            have += n;
            heardNs = System.nanoTime();
            if (messageSinceNs == 0) {
                messageSinceNs = heardNs | 1;
            }
        }
    }

    /**
     * Why the link should be given up, or null.
     *
     * @param silenceMs longest time without a byte
     * @param messageMs longest time within one message, in either direction
     */
    String troubleAfter(long silenceMs, long messageMs) {
        long now = System.nanoTime();
        long message = messageSinceNs;
        long written = writingSinceNs;
        long reading = readingSinceNs; // who is busy with the message before does not listen
        if (reading != 0 && (now - Math.max(reading, heardNs)) / 1_000_000 > silenceMs) {
            return "has said nothing for " + silenceMs + " ms";
        }
        if (message != 0 && (now - message) / 1_000_000 > messageMs) {
            return "takes longer than " + messageMs + " ms for one message";
        }
        if (written != 0 && (now - written) / 1_000_000 > messageMs) {
            return "has taken nothing for " + messageMs + " ms";
        }
        return null;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is lost: the descriptor is gone either way, and nobody has a remedy
        }
    }
}
