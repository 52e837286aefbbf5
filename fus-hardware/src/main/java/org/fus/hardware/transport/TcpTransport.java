package org.fus.hardware.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;

/** A TCP connection. Not blocking underneath, so that a peer that stops reading cannot hold a stop command for ever. */
public final class TcpTransport implements ByteTransport {
    private final String name;
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final Object writing = new Object();
    private volatile boolean open = true;

    private TcpTransport(String name, SocketChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // commands are short and must not wait for more
        this.readable = Selector.open();
        this.writable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    /**
     * Connects.
     *
     * @param host name or address
     * @param port TCP port
     * @param timeout longest wait for the connection, positive
     * @return the connection
     * @throws TransportException when nobody answers
     */
    public static TcpTransport connect(String host, int port, Duration timeout) {
        String name = "tcp://" + host + ":" + port;
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(name + ": timeout of " + timeout + ", expected more than zero");
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.socket().connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            return new TcpTransport(name, channel);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            throw new TransportException(
                    name, "cannot connect (" + e.getMessage() + "); check power, cable, address and port", e);
        }
    }

    /**
     * Takes over a connection that a server has accepted.
     *
     * @param channel the connection; belongs to the transport from now on
     * @return the transport
     * @throws TransportException when the connection is gone already
     */
    public static TcpTransport accepted(SocketChannel channel) {
        try {
            return new TcpTransport("tcp:/" + channel.getRemoteAddress(), channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new TransportException("tcp", "the connection was gone before it was used", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] target, int offset, int length, Duration timeout) {
        Objects.checkFromIndexSize(offset, length, target.length);
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                int n = channel.read(buffer);
                if (n > 0) {
                    return n;
                }
                if (n < 0) {
                    throw lost(null);
                }
                long leftMs = (deadline - System.nanoTime() + 999_999) / 1_000_000;
                if (leftMs <= 0) {
                    return 0;
                }
                await(readable, leftMs);
            }
        } catch (IOException | ClosedSelectorException e) {
            throw open ? lost(e) : TransportException.closed(name);
        }
    }

    @Override
    public void write(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        synchronized (writing) {
            long deadline = System.nanoTime() + WRITE_TIMEOUT.toNanos();
            try {
                while (buffer.hasRemaining()) {
                    if (channel.write(buffer) > 0) {
                        continue;
                    }
                    long leftMs = (deadline - System.nanoTime()) / 1_000_000;
                    if (leftMs <= 0) {
                        throw new TransportException(
                                name, "the other end has taken no bytes for " + WRITE_TIMEOUT.toMillis() + " ms");
                    }
                    await(writable, leftMs);
                }
            } catch (IOException | ClosedSelectorException e) {
                throw open ? lost(e) : TransportException.closed(name);
            }
        }
    }

    private void await(Selector selector, long ms) throws IOException {
        selector.select(ms);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw TransportException.interrupted(name);
        }
        if (!open) {
            throw TransportException.closed(name);
        }
    }

    private TransportException lost(Throwable cause) {
        return new TransportException(name, "the other end has closed the connection; check power and cable", cause);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        closeQuietly(channel);
        closeQuietly(readable);
        closeQuietly(writable);
    }

    private static void closeQuietly(AutoCloseable c) {
        if (c != null) {
            try {
                c.close();
            } catch (Exception e) {
                // nothing is lost: the descriptor is gone either way, and the caller has no remedy
            }
        }
    }
}
