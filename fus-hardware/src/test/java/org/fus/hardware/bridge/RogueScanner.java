package org.fus.hardware.bridge;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Takes one connection and does what a test says with it, on a thread of its own. */
final class RogueScanner implements AutoCloseable {
    /** What it does. */
    interface Behaviour {
        void with(DataInputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Thread thread;
    private volatile Socket socket;

    RogueScanner(Behaviour behaviour) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(() -> {
            try {
                socket = server.accept();
                behaviour.with(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // the host has had enough, or the test is over
            } finally {
                close();
            }
        });
    }

    URI uri() {
        return URI.create("bridge://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            server.close();
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
