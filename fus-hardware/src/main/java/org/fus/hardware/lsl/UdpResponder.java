package org.fus.hardware.lsl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers questions by UDP: who streams what, and what time it is. */
final class UdpResponder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpResponder.class);
    private static final int LONGEST_QUESTION = 16384;
    private static final Pattern RETURN = Pattern.compile("(\\d{1,5}) (\\S{1,100})");
    private static final Pattern PROBE = Pattern.compile("(-?\\d{1,19}) (\\S{1,40})");

    private final DatagramChannel channel;
    private final boolean localOnly;
    private final boolean givesTime;

    private UdpResponder(DatagramChannel channel, boolean localOnly, boolean givesTime) {
        this.channel = channel;
        this.localOnly = localOnly;
        this.givesTime = givesTime;
    }

    /** The responder beside the data port of one outlet, which tells the time too. */
    static UdpResponder ofOutlet(LslOptions options) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            InetAddress address = LslPorts.bindAddress(options.network());
            LslPorts.bindInRange(port -> channel.bind(new InetSocketAddress(address, port)));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new UdpResponder(channel, !options.network(), true);
    }

    /** The responder to questions to everybody; its port is shared with all programs of the machine. */
    static UdpResponder ofEverybody(LslOptions options) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress("0.0.0.0", LslPorts.DISCOVERY)); // groups do not reach a narrower one
            for (NetworkInterface n : LslPorts.interfaces(options.network())) {
                for (String group : LslPorts.GROUPS) {
                    join(channel, group, n);
                }
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new UdpResponder(channel, !options.network(), false);
    }

    private static void join(DatagramChannel channel, String group, NetworkInterface n) throws IOException {
        InetAddress address = InetAddress.ofLiteral(group);
        try {
            channel.join(address, n);
        } catch (IOException e) {
            LOG.debug("lsl: {} does not take part in {}: {}", n.getName(), group, e.getMessage());
        }
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Answers until it is closed. */
    void serve() {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_QUESTION);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                double receivedS = LslClock.nowS();
                // an answer must come from the address that was asked, so that nobody is told one he cannot reach
                if (localOnly && !from.getAddress().isLoopbackAddress()) {
                    continue;
                }
                String question = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
                answer(from, question.lines().map(String::strip).toList(), receivedS);
            } catch (ClosedChannelException e) {
                return; // close() was called
            } catch (IOException e) {
                LOG.debug("lsl: a question got no answer: {}", e.getMessage());
            }
        }
    }

    private void answer(InetSocketAddress from, List<String> lines, double receivedS) throws IOException {
        if (lines.size() >= 3 && lines.getFirst().equals("LSL:shortinfo")) {
            Matcher m = RETURN.matcher(lines.get(2));
            int port = m.matches() ? Integer.parseInt(m.group(1)) : 0;
            if (port < 1 || port > 65535) {
                return;
            }
            for (OutletIdentity outlet : OutletIdentity.LIVE) {
                if (outlet.matches(lines.get(1))) {
                    String reply = m.group(2) + "\r\n" + outlet.shortInfo();
                    send(reply, new InetSocketAddress(from.getAddress(), port));
                }
            }
        } else if (givesTime && lines.size() >= 2 && lines.getFirst().equals("LSL:timedata")) {
            Matcher m = PROBE.matcher(lines.get(1));
            Optional<Double> sentS = m.matches() ? seconds(m.group(2)) : Optional.empty();
            if (sentS.isPresent()) {
                String reply = String.format(
                        Locale.ROOT, " %s %s %.9f %.9f", m.group(1), m.group(2), receivedS, LslClock.nowS());
                send(reply, from);
            }
        }
    }

    private static Optional<Double> seconds(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty(); // not a probe: no answer
        }
    }

    private void send(String text, InetSocketAddress to) throws IOException {
        channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), to);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
