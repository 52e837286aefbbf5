package org.fus.hardware.transport;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Opens lines by their address. */
public final class Transports {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private Transports() {}

    /**
     * Opens {@code tcp://host:port} or {@code serial:/dev/ttyUSB0?baud=115200&flow=hardware} (rate and flow control are
     * optional: 115200 and none).
     *
     * @param uri the address
     * @return the line
     * @throws IllegalArgumentException when the address cannot be understood
     * @throws TransportException when nobody answers there
     */
    public static ByteTransport open(URI uri) {
        return open(uri, SerialSettings.DEFAULT);
    }

    /**
     * As {@link #open(URI)}, with the settings of a serial line that says nothing else.
     *
     * @param uri the address
     * @param serial settings that the address may override
     * @return the line
     * @throws IllegalArgumentException when the address cannot be understood
     * @throws TransportException when nobody answers there
     */
    public static ByteTransport open(URI uri, SerialSettings serial) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "tcp" -> {
                if (uri.getHost() == null || uri.getPort() < 1) {
                    throw new IllegalArgumentException(uri + ": expected tcp://host:port");
                }
                yield TcpTransport.connect(uri.getHost(), uri.getPort(), CONNECT_TIMEOUT);
            }
            case "serial" -> openSerial(uri, serial);
            default ->
                throw new IllegalArgumentException(
                        uri + ": no line of this kind; known are tcp://host:port and serial:PORT?baud=N");
        };
    }

    private static ByteTransport openSerial(URI uri, SerialSettings defaults) {
        String rest = uri.getSchemeSpecificPart();
        int query = rest.indexOf('?');
        String path = (query < 0 ? rest : rest.substring(0, query)).replaceFirst("^//+", "/");
        Map<String, String> settings = new LinkedHashMap<>();
        if (query >= 0) {
            for (String pair : rest.substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                settings.put(
                        equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        int baud = defaults.baud();
        boolean flow = defaults.hardwareFlowControl();
        for (Map.Entry<String, String> e : settings.entrySet()) {
            switch (e.getKey()) {
                case "baud" -> baud = parseBaud(uri, e.getValue());
                case "flow" -> flow = parseFlow(uri, e.getValue());
                default ->
                    throw new IllegalArgumentException(
                            uri + ": unknown setting '" + e.getKey() + "'; known are baud and flow");
            }
        }
        if (path.isEmpty()) {
            throw new IllegalArgumentException(uri + ": no port; expected such as serial:/dev/ttyUSB0");
        }
        return SerialTransport.open(path, new SerialSettings(baud, flow));
    }

    private static int parseBaud(URI uri, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(uri + ": baud is '" + value + "', expected a whole number", e);
        }
    }

    private static boolean parseFlow(URI uri, String value) {
        return switch (value) {
            case "hardware" -> true;
            case "none" -> false;
            default -> throw new IllegalArgumentException(uri + ": flow is '" + value + "', expected hardware or none");
        };
    }
}
