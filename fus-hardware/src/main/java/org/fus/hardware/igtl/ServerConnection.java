package org.fus.hardware.igtl;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fus.core.error.FusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of a server: a thread that sends from its queue and one that reads what it says. */
final class ServerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private final IgtlServer server;
    private final Socket socket;
    private final String name;
    private final MessageQueue<EncodedMessage> queue;
    private final AtomicBoolean ended = new AtomicBoolean();
    /** A client that has spoken version 2 is answered in it. */
    private volatile int headerVersion;
    /** When the message that is being sent was begun; 0 while none is. */
    private volatile long sendingSinceNs;

    private Thread writer;
    private Thread reader;

    ServerConnection(IgtlServer server, Socket socket) {
        this.server = server;
        this.socket = socket;
        this.name = "igtl://" + socket.getRemoteSocketAddress().toString().replace("/", "");
        this.headerVersion = server.options().headerVersion();
        this.queue = new MessageQueue<>(server.options().queueLength(), server.counts().dropped);
    }

    void start() {
        writer = server.options().threads().newThread(this::send);
        reader = server.options().threads().newThread(this::read);
        writer.start();
        reader.start();
    }

    /** Never waits. Ends the connection when the client has taken nothing for too long. */
    void offer(EncodedMessage message) {
        queue.put(message.message(), message);
        long since = sendingSinceNs;
        if (since != 0
                && System.nanoTime() - since > server.options().messageTimeout().toNanos()) {
            cut("has taken nothing for " + server.options().messageTimeout().toMillis() + " ms");
        }
    }

    private void send() {
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            OutputStream out = socket.getOutputStream();
            Optional<EncodedMessage> next = queue.take();
            while (next.isPresent()) {
                byte[] bytes = next.get().bytes(headerVersion);
                sendingSinceNs = System.nanoTime() | 1; // never 0
                out.write(bytes);
                sendingSinceNs = 0;
                server.counts().sent.incrementAndGet();
                next = queue.take();
            }
        } catch (IOException e) {
            LOG.debug("{}: gone while sending: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // a message that has no bytes, such as an image of more than 2 GiB
            LOG.warn("{}: cannot send", name, e);
        } finally {
            end();
        }
    }

    private void read() {
        try {
            MessageReader messages = new MessageReader(
                    name,
                    TimedInput.of(socket, server.options().messageTimeout()),
                    server.options().maxBodyBytes(),
                    e -> {
                        server.counts().damaged.incrementAndGet();
                        LOG.debug("passed over: {}", e.getMessage());
                    },
                    version -> headerVersion = Math.max(headerVersion, version));
            Optional<IgtlMessage> next = messages.next();
            while (next.isPresent()) {
                server.counts().received.incrementAndGet();
                answer(next.get()).ifPresent(a -> queue.put(a.message(), a));
                next = messages.next();
            }
        } catch (FusException e) {
            cut(e.getMessage());
        } catch (IOException e) {
            if (!ended.get()) {
                cut("a message broke off: " + e.getMessage());
            }
        } finally {
            end();
        }
    }

    private Optional<EncodedMessage> answer(IgtlMessage message) {
        try {
            return server.answer(name, message);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{}: the handler failed on {} of '{}'",
                    name,
                    message.content().type(),
                    message.device(),
                    e);
            return Optional.empty();
        }
    }

    private void cut(String why) {
        if (!ended.get()) {
            server.counts().cut.incrementAndGet();
            LOG.warn("{}: connection ended: {}", name, why);
        }
        end();
    }

    /** Ends both threads; may be called many times. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            queue.close();
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("{}: closing: {}", name, e.getMessage());
            }
            server.forget(this);
        }
    }

    /** Waits for its threads, which {@link #end} has stopped. */
    void join() throws InterruptedException {
        writer.join(1000);
        reader.join(1000);
    }
}
