package org.fus.hardware.igtl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.core.error.FusDeviceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages to any number of clients. Publishing never waits: a slow client loses images, then other messages,
 * and in the end its connection; nobody else notices. A new client gets the newest image, transform, status and tracking
 * message of every device at once, and {@code GET_} queries are answered from these. Safe for use by many threads.
 */
public final class IgtlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IgtlServer.class);

    /** Streams whose newest message is kept; a host that makes up names for ever loses the oldest. */
    private static final int MOST_STREAMS = 256;

    private static final String QUERY = "GET_";

    static final class Counts {
        final AtomicLong published = new AtomicLong();
        final AtomicLong sent = new AtomicLong();
        final AtomicLong dropped = new AtomicLong();
        final AtomicLong received = new AtomicLong();
        final AtomicLong damaged = new AtomicLong();
        final AtomicLong cut = new AtomicLong();
        final AtomicLong refused = new AtomicLong();
    }

    private final ServerSocket socket;
    private final IgtlOptions options;
    private final IgtlHandler handler;
    private final Counts counts = new Counts();
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    /** Newest message per stream, the one that changed last at the end; guards itself. */
    private final Map<String, EncodedMessage> newest = new LinkedHashMap<>();

    private final Thread acceptor;

    private IgtlServer(ServerSocket socket, IgtlOptions options, IgtlHandler handler) {
        this.socket = socket;
        this.options = options;
        this.handler = handler;
        this.acceptor = options.threads().newThread(this::accept);
    }

    /**
     * Starts a server on the loopback address that takes no commands.
     *
     * @param port TCP port, {@link IgtlOptions#PORT} as a rule; 0 for any free one
     * @return the server
     * @throws FusDeviceException when the port is in use
     */
    public static IgtlServer start(int port) {
        return start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                IgtlOptions.forServer(),
                (client, message) -> Optional.empty());
    }

    /**
     * Starts a server.
     *
     * @param address where to listen; OpenIGTLink has no passwords, so any address but the loopback one is open to its
     *     network
     * @param options how it behaves
     * @param handler takes what clients send
     * @return the server
     * @throws FusDeviceException when the address is in use
     */
    public static IgtlServer start(InetSocketAddress address, IgtlOptions options, IgtlHandler handler) {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(address);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            IgtlServer server = new IgtlServer(socket, options, handler);
            server.acceptor.start();
            return server;
        } catch (IOException e) {
            throw new FusDeviceException(
                    "igtl:/" + address, "cannot listen (" + e.getMessage() + "); is the port in use?", e);
        }
    }

    /**
     * Where it listens.
     *
     * @return address and port, the real one when port 0 was asked for
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /**
     * Sends a message to all clients, and to those that will come while it is the newest of its device and type. Returns at
     * once.
     *
     * @param message what to send
     */
    public void publish(IgtlMessage message) {
        EncodedMessage encoded = new EncodedMessage(message);
        counts.published.incrementAndGet();
        synchronized (newest) {
            if (isState(message.content())) {
                newest.remove(message.stream());
                newest.put(message.stream(), encoded);
                if (newest.size() > MOST_STREAMS) {
                    newest.remove(newest.keySet().iterator().next());
                }
            }
            // inside, so that a client that connects now gets the message once and in order
            connections.forEach(c -> c.offer(encoded));
        }
    }

    /** Whether a message tells how things are, so that the newest is enough, and not that something happened. */
    private static boolean isState(IgtlContent content) {
        return switch (content) {
            case IgtlImage _, IgtlTransform _, IgtlStatus _, IgtlTracking _ -> true;
            case IgtlString _, IgtlOther _ -> false;
        };
    }

    /**
     * What the server has done.
     *
     * @return counts since the start
     */
    public IgtlStatistics statistics() {
        return new IgtlStatistics(
                counts.published.get(),
                counts.sent.get(),
                counts.dropped.get(),
                counts.received.get(),
                counts.damaged.get(),
                counts.cut.get(),
                counts.refused.get(),
                connections.size());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (connections.size() >= options.maxClients()) {
                    counts.refused.incrementAndGet();
                    LOG.warn("igtl:/{}: refused {}: {} clients are the most", address(), client, options.maxClients());
                    client.close();
                } else {
                    welcome(new ServerConnection(this, client));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("igtl:/{}: a client could not connect: {}", address(), e.getMessage());
                }
            }
        }
    }

    private void welcome(ServerConnection connection) {
        synchronized (newest) {
            connections.add(connection);
            newest.values().forEach(connection::offer);
        }
        connection.start();
        if (socket.isClosed()) {
            connection.end();
        }
    }

    /** The answer to a client: the newest message that a query asks for, else what the handler says. */
    Optional<EncodedMessage> answer(String client, IgtlMessage message) {
        String type = message.content().type();
        if (!type.startsWith(QUERY)) {
            return handler.received(client, message).map(EncodedMessage::new);
        }
        String wanted = type.substring(QUERY.length());
        EncodedMessage found = null;
        synchronized (newest) {
            for (EncodedMessage m : newest.values()) {
                boolean device = message.device().isEmpty()
                        || message.device().equals(m.message().device());
                if (device && m.message().content().type().equals(wanted)) {
                    found = m;
                }
            }
        }
        return found != null
                ? Optional.of(found)
                : handler.received(client, message)
                        .or(() -> Optional.of(IgtlMessage.of(message.device(), notFound(wanted))))
                        .map(EncodedMessage::new);
    }

    private static IgtlStatus notFound(String type) {
        return new IgtlStatus(IgtlStatus.NOT_FOUND, 0, "NOT_FOUND", "no " + type + " was published");
    }

    void forget(ServerConnection connection) {
        connections.remove(connection);
    }

    IgtlOptions options() {
        return options;
    }

    Counts counts() {
        return counts;
    }

    /** Ends all connections and waits for their threads. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("igtl: closing: {}", e.getMessage());
        }
        try {
            acceptor.join(1000);
            for (ServerConnection c : connections.toArray(ServerConnection[]::new)) {
                c.end();
                c.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
