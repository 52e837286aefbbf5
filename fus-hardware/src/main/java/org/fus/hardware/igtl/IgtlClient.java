package org.fus.hardware.igtl;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from a server and sends to it. A host that reads slowly loses images that newer ones of their device have replaced,
 * then the oldest messages, and never stops the server. Safe for use by many threads.
 */
public final class IgtlClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IgtlClient.class);

    private final Socket socket;
    private final String name;
    private final IgtlOptions options;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();
    private final MessageQueue<IgtlMessage> queue;
    private final Object sending = new Object();
    private volatile boolean closed;
    private volatile String ending = "the server has closed the connection";
    private final Thread reader;

    private IgtlClient(Socket socket, String name, IgtlOptions options) {
        this.socket = socket;
        this.name = name;
        this.options = options;
        this.queue = new MessageQueue<>(options.queueLength(), dropped);
        this.reader = options.threads().newThread(this::read);
    }

    /**
     * Connects with the defaults of {@link IgtlOptions#forClient()}.
     *
     * @param host name or address of the server
     * @param port TCP port, {@link IgtlOptions#PORT} as a rule
     * @return the connection
     * @throws FusDeviceException when nobody answers
     */
    public static IgtlClient connect(String host, int port) {
        return connect(host, port, IgtlOptions.forClient());
    }

    /**
     * Connects.
     *
     * @param host name or address of the server
     * @param port TCP port
     * @param options how the client behaves; its message timeout is that of the connection too
     * @return the connection
     * @throws FusDeviceException when nobody answers
     */
    public static IgtlClient connect(String host, int port, IgtlOptions options) {
        String name = "igtl://" + host + ":" + port;
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(host, port),
                    Math.toIntExact(options.messageTimeout().toMillis()));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            IgtlClient client = new IgtlClient(socket, name, options);
            client.reader.start();
            return client;
        } catch (IOException e) {
            closeQuietly(socket, name);
            throw new FusDeviceException(
                    name, "cannot connect (" + e.getMessage() + "); is the server running, and the address right?", e);
        }
    }

    private void read() {
        try {
            MessageReader messages = new MessageReader(
                    name,
                    TimedInput.of(socket, options.messageTimeout()),
                    options.maxBodyBytes(),
                    e -> {
                        damaged.incrementAndGet();
                        LOG.warn("passed over: {}", e.getMessage());
                    },
                    _ -> {});
            Optional<IgtlMessage> next = messages.next();
            while (next.isPresent()) {
                queue.put(next.get(), next.get());
                next = messages.next();
            }
        } catch (IOException | FusException e) {
            ending = "the connection broke: " + e.getMessage();
        } finally {
            queue.close();
            closeQuietly(socket, name);
        }
    }

    /**
     * Waits for the next message.
     *
     * @param timeout longest wait
     * @return empty when none came in time
     * @throws FusDeviceException when the connection has ended and every message that came was taken, or when the thread
     *     was interrupted
     */
    public Optional<IgtlMessage> receive(Duration timeout) {
        try {
            Optional<IgtlMessage> next = queue.poll(timeout);
            if (next.isEmpty() && queue.isDone()) {
                throw new FusDeviceException(name, (closed ? "this end is closed" : ending) + "; connect again");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusDeviceException(name, "the thread was interrupted while it waited", e);
        }
    }

    /**
     * Sends a message; waits while the server takes it.
     *
     * @param message what to send
     * @throws FusDeviceException when the connection is lost
     */
    public void send(IgtlMessage message) {
        byte[] bytes = IgtlEncoder.encode(message, options.headerVersion());
        try {
            synchronized (sending) {
                socket.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            throw new FusDeviceException(name, "cannot send (" + e.getMessage() + "); connect again", e);
        }
    }

    /**
     * Whether messages can still come.
     *
     * @return false once the connection has ended
     */
    public boolean isOpen() {
        return !socket.isClosed();
    }

    /**
     * Messages that the host was too slow for.
     *
     * @return the number since the connection was made
     */
    public long droppedMessages() {
        return dropped.get();
    }

    /**
     * Messages that were passed over, as their checksum or a field was wrong.
     *
     * @return the number since the connection was made
     */
    public long damagedMessages() {
        return damaged.get();
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(socket, name);
        try {
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Socket socket, String name) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("{}: closing: {}", name, e.getMessage());
        }
    }
}
