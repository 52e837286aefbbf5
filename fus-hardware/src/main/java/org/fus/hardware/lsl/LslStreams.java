package org.fus.hardware.lsl;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the streams of other programs. */
public final class LslStreams {
    private static final Logger LOG = LoggerFactory.getLogger(LslStreams.class);
    private static final int WAVE_MS = 500;
    private static final int MOST_STREAMS = 1000;
    private static final int LONGEST_DESCRIPTION = 16 << 20;

    private LslStreams() {}

    /**
     * Asks who streams what, again every half second, until enough have answered.
     *
     * @param query which streams
     * @param atLeast return as soon as so many are found, at least 1
     * @param timeout longest wait
     * @param options this machine or the network, and the session
     * @return what was found by then, each stream once; may be empty
     * @throws FusDeviceException when nothing can be asked
     */
    public static List<LslFound> find(LslQuery query, int atLeast, Duration timeout, LslOptions options) {
        if (atLeast < 1) {
            throw new IllegalArgumentException("at least " + atLeast + " streams, expected 1 or more");
        }
        String text = LslQuery.where("session_id", options.sessionId()).text()
                + (query.terms().isEmpty() ? "" : " and " + query.text());
        String id = Integer.toUnsignedString(text.hashCode());
        Map<String, LslFound> found = new LinkedHashMap<>();
        long deadline = System.nanoTime() + timeout.toNanos();
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(LslPorts.bindAddress(options.network()), 0))) {
            byte[] question = ("LSL:shortinfo\r\n" + text + "\r\n" + socket.getLocalPort() + " " + id + "\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            while (found.size() < atLeast && System.nanoTime() < deadline) {
                ask(socket, question, options.network());
                long wave = Math.min(deadline, System.nanoTime() + WAVE_MS * 1_000_000L);
                collect(socket, id, wave, atLeast, options, found);
            }
        } catch (IOException e) {
            throw new FusDeviceException("lsl", "cannot look for streams (" + e.getMessage() + ")", e);
        }
        return List.copyOf(found.values());
    }

    private static void ask(DatagramSocket socket, byte[] question, boolean network) throws IOException {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        for (int port = LslPorts.DISCOVERY; port < LslPorts.FIRST + LslPorts.COUNT; port++) {
            send(socket, question, here, port);
        }
        if (!network) {
            return;
        }
        for (NetworkInterface n : LslPorts.interfaces(true)) {
            if (!n.isLoopback()) {
                socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, n);
                for (String group : LslPorts.GROUPS) {
                    send(socket, question, InetAddress.ofLiteral(group), LslPorts.DISCOVERY);
                }
            }
        }
    }

    private static void send(DatagramSocket socket, byte[] question, InetAddress to, int port) {
        try {
            socket.send(new DatagramPacket(question, question.length, to, port));
        } catch (IOException e) {
            LOG.debug("lsl: {}:{} cannot be asked: {}", to, port, e.getMessage());
        }
    }

    private static void collect(
            DatagramSocket socket, String id, long until, int atLeast, LslOptions options, Map<String, LslFound> found)
            throws IOException {
        byte[] buffer = new byte[65536];
        while (found.size() < atLeast && found.size() < MOST_STREAMS) {
            long leftMs = (until - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return;
            }
            socket.setSoTimeout((int) leftMs);
            DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(answer);
            } catch (SocketTimeoutException e) {
                return;
            }
            String text = new String(buffer, 0, answer.getLength(), StandardCharsets.UTF_8);
            int line = text.indexOf('\n');
            boolean ours = line > 0 && text.substring(0, line).strip().equals(id);
            boolean allowed = options.network() || answer.getAddress().isLoopbackAddress();
            if (ours && allowed) {
                take(text.substring(line), answer.getAddress(), found);
            }
        }
    }

    private static void take(String xml, InetAddress from, Map<String, LslFound> found) {
        try {
            LslFound stream = LslXml.read("lsl:/" + from, xml, from);
            found.putIfAbsent(stream.uid(), stream);
        } catch (FusFormatException e) {
            LOG.warn("passed over: {}", e.getMessage());
        }
    }

    /**
     * Asks for the whole description of a stream, with its labels.
     *
     * @param stream the stream
     * @param options the longest wait
     * @return what it is
     * @throws FusDeviceException when it does not answer
     * @throws FusFormatException when its answer is no description
     */
    public static LslStreamInfo describe(LslFound stream, LslOptions options) {
        String name = "lsl:" + stream.info().name();
        int timeoutMs = Math.toIntExact(options.timeout().toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(stream.address(), stream.dataPort()), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            socket.getOutputStream().write("LSL:fullinfo\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] xml = socket.getInputStream().readNBytes(LONGEST_DESCRIPTION);
            return LslXml.read(name, new String(xml, StandardCharsets.UTF_8), stream.address())
                    .info();
        } catch (IOException e) {
            throw new FusDeviceException(name, "does not describe itself (" + e.getMessage() + "); find it again", e);
        }
    }
}
