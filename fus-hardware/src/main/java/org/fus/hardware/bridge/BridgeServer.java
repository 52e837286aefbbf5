package org.fus.hardware.bridge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusException;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.UltrasoundDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scanner's side of a bridge for a device of this SDK: serves one host after the other. When a host vanishes while the
 * device may fire, the high voltage is cut and the device latches a fault; when it says goodbye, the high voltage is cut. From
 * the start of a run on, a host that gives no heartbeat trips the watchdog of the device. Thread-safe.
 */
public final class BridgeServer implements AutoCloseable {
    /** The usual TCP port. */
    public static final int PORT = 18950;

    /** "FUSB", the first four bytes of what a host says. */
    static final int MAGIC = 0x42535546;

    static final int VERSION = 1;

    /** A host pings every 0.5 s; six in a row are lost for another reason than load. */
    private static final long SILENCE_MS = 3000;

    private static final long MESSAGE_MS = 5000;

    /** How long a new host waits for the end of the session before. */
    private static final long WAIT_MS = 1500;

    private static final int MAX_CONNECTIONS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(BridgeServer.class);

    private final UltrasoundDevice device;
    private final ServerSocket socket;
    private final ScannerLog log;
    private final Semaphore free = new Semaphore(1, true);
    private final Set<BridgeLink> links = ConcurrentHashMap.newKeySet();
    private final Set<Thread> serving = ConcurrentHashMap.newKeySet();
    private final Thread accepting =
            Thread.ofPlatform().daemon().name("fus-bridge-server").unstarted(this::accept);
    private final Thread watching =
            Thread.ofPlatform().daemon().name("fus-bridge-server-watch").unstarted(this::watch);

    private BridgeServer(UltrasoundDevice device, ServerSocket socket, ScannerLog log) {
        this.device = device;
        this.socket = socket;
        this.log = log;
    }

    /**
     * Starts to serve a device.
     *
     * @param device the device; stays the caller's, who closes it after the server
     * @param at where to listen; port 0 for any free one. There are no passwords: the loopback address keeps others out.
     * @return the server
     * @throws FusDeviceException when the port is taken
     */
    public static BridgeServer start(UltrasoundDevice device, InetSocketAddress at) {
        return start(device, at, null);
    }

    /**
     * Starts to serve a device that keeps a log.
     *
     * @param device the device; stays the caller's, who closes it after the server
     * @param at where to listen; port 0 for any free one
     * @param log file for one line per command, heartbeat and event: {@link System#nanoTime}, time of day, what, detail,
     *     with tabs between
     * @return the server
     * @throws FusDeviceException when the port is taken
     * @throws org.fus.core.error.FusStorageException when the log cannot be written
     */
    public static BridgeServer start(UltrasoundDevice device, InetSocketAddress at, Path log) {
        ServerSocket socket = null;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(at);
        } catch (IOException e) {
            close(socket);
            throw new FusDeviceException(
                    "bridge at " + at, "cannot listen (" + e.getMessage() + "); choose another port", e);
        }
        ScannerLog scannerLog;
        try {
            scannerLog = new ScannerLog(log);
        } catch (FusException e) {
            close(socket);
            throw e;
        }
        BridgeServer server = new BridgeServer(device, socket, scannerLog);
        device.events().subscribe(server.new Noted());
        server.accepting.start();
        server.watching.start();
        return server;
    }

    /**
     * Where it listens.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket host = socket.accept();
                if (serving.size() >= MAX_CONNECTIONS) {
                    host.close();
                    continue;
                }
                Thread thread =
                        Thread.ofPlatform().daemon().name("fus-bridge-session").unstarted(() -> serve(host));
                serving.add(thread);
                thread.start();
            } catch (IOException e) {
                LOG.debug("accepting: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket host) {
        String name = "host " + host.getRemoteSocketAddress().toString().replace("/", "");
        try (host) {
            BridgeLink link = new BridgeLink(name, host);
            links.add(link);
            try {
                if (free.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
                    try {
                        new BridgeSession(
                                        device, link, log, host.getInetAddress().isLoopbackAddress())
                                .serve();
                    } finally {
                        free.release();
                    }
                } else {
                    BridgeLink.Incoming hello = link.read();
                    link.send(BridgeMessage.refusal(
                            hello.type(), hello.request(), "another host is connected; close it there first"));
                }
            } finally {
                links.remove(link);
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("{}: the session ended", name, e);
        } finally {
            serving.remove(Thread.currentThread());
        }
    }

    private void watch() {
        while (!socket.isClosed()) {
            for (BridgeLink link : links) {
                String trouble = link.troubleAfter(SILENCE_MS, MESSAGE_MS);
                if (trouble != null) {
                    LOG.warn("{} {}: connection ended", link.name(), trouble);
                    link.close(); // ends its session
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends all sessions, as if their hosts had vanished. */
    @Override
    public void close() {
        close(socket);
        links.forEach(BridgeLink::close);
        watching.interrupt();
        for (Thread thread : serving) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(12));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        log.close();
    }

    private static void close(ServerSocket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing: {}", e.getMessage());
            }
        }
    }

    /** Writes what happens on the device to the log, with the device's own times. */
    private final class Noted implements Flow.Subscriber<DeviceEvent> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(DeviceEvent event) {
            String what = switch (event) {
                case DeviceEvent.StateChanged s -> "state " + s.to();
                case DeviceEvent.HighVoltageChanged v when v.targetV() == 0 -> "high voltage off";
                case DeviceEvent.HighVoltageChanged _ -> "high voltage set";
                case DeviceEvent.Faulted _ -> "fault";
                default -> event.getClass().getSimpleName();
            };
            log.note(event.hostTimeNs(), what, event.toString());
        }

        @Override
        public void onError(Throwable error) {
            LOG.warn("the log of the device ends", error);
        }

        @Override
        public void onComplete() {
            log.note(System.nanoTime(), "device closed", "");
        }
    }
}
