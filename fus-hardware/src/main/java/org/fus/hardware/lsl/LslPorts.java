package org.fus.hardware.lsl;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.stream.Stream;

/** Where streams are looked for. */
final class LslPorts {
    /** UDP port of questions to everybody. */
    static final int DISCOVERY = 16571;
    /** First port of outlets, TCP and UDP. */
    static final int FIRST = 16572;
    /** Number of ports of outlets; beyond them any free port will do, which discovery by multicast alone finds. */
    static final int COUNT = 32;

    static final List<String> GROUPS = List.of("224.0.0.1", "224.0.0.183", "239.255.172.215");

    private LslPorts() {}

    static InetAddress bindAddress(boolean network) {
        return network ? InetAddress.ofLiteral("0.0.0.0") : InetAddress.ofLiteral("127.0.0.1");
    }

    /** Interfaces that questions to everybody go through. */
    static List<NetworkInterface> interfaces(boolean network) throws IOException {
        Stream<NetworkInterface> all = NetworkInterface.networkInterfaces();
        return all.filter(n -> isUsed(n, network)).toList();
    }

    private static boolean isUsed(NetworkInterface n, boolean network) {
        try {
            return n.isUp() && (n.isLoopback() || (network && n.supportsMulticast()));
        } catch (IOException e) {
            return false; // it has gone away while we looked
        }
    }

    /** Something that binds to a port. */
    @FunctionalInterface
    interface Binder {
        void bind(int port) throws IOException;
    }

    /** Binds to a free port of the range, else to any. */
    static void bindInRange(Binder binder) throws IOException {
        for (int port = FIRST; port < FIRST + COUNT; port++) {
            try {
                binder.bind(port);
                return;
            } catch (BindException e) {
                // taken: try the next
            }
        }
        binder.bind(0);
    }
}
