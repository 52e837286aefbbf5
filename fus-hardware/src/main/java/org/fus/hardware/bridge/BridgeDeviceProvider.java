package org.fus.hardware.bridge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.DeviceProvider;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.internal.UriSettings;

/**
 * Opens scanners at the other end of a bridge: {@code bridge://127.0.0.1:18950?blocks=shared}. Blocks come through the
 * connection ({@code tcp}, the default) or stand in memory that both have mapped ({@code shared}), for a scanner on this
 * machine.
 */
public final class BridgeDeviceProvider implements DeviceProvider {
    private static final int CONNECT_MS = 3000;
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("fus-bridge-", 0).factory();

    /** For {@link java.util.ServiceLoader}. */
    public BridgeDeviceProvider() {}

    @Override
    public String scheme() {
        return "bridge";
    }

    @Override
    public List<String> examples() {
        return List.of("bridge://127.0.0.1:" + BridgeServer.PORT);
    }

    @Override
    public UltrasoundDevice open(URI uri) {
        UriSettings settings = UriSettings.of(uri, Set.of("blocks"));
        String blocks = settings.values().getOrDefault("blocks", "tcp");
        if (!blocks.equals("tcp") && !blocks.equals("shared")) {
            throw new IllegalArgumentException(uri + ": blocks is '" + blocks + "', expected tcp or shared");
        }
        if (uri.getHost() == null || (uri.getPath() != null && !uri.getPath().isEmpty())) {
            throw new IllegalArgumentException(
                    uri + ": expected bridge://host:port, such as " + examples().getFirst());
        }
        int port = uri.getPort() == -1 ? BridgeServer.PORT : uri.getPort();
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(uri + ": port " + port + ", expected 1 to 65535");
        }
        String name = "bridge://" + uri.getHost() + ":" + port;
        return new BridgeDevice(new BridgeCore(connect(name, uri.getHost(), port), blocks.equals("shared"), THREADS));
    }

    private static BridgeLink connect(String name, String host, int port) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port), CONNECT_MS);
            return new BridgeLink(name, socket);
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new FusDeviceException(
                    name,
                    "cannot connect (" + e.getMessage() + "); start the scanner's program, check host and port",
                    e);
        }
    }
}
