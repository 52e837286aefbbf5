package org.fus.hardware.trigger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.trigger.TriggerEdge.Direction;
import org.fus.hardware.trigger.TriggerEdge.Slope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Triggers as UDP messages, as behaviour rigs send them ({@code ExpStart ...}). A message is an edge on a channel when it is
 * the channel's word, or starts with it and a blank; the rest of the message becomes the label. Messages from other
 * machines than the peer, and those that nobody knows, are counted and passed over.
 */
public final class UdpTriggerPort implements TriggerPort {
    private static final Logger LOG = LoggerFactory.getLogger(UdpTriggerPort.class);

    /** Longest message: what fits one Ethernet frame. */
    private static final int LONGEST = 1472;

    private final DatagramChannel channel;
    private final InetSocketAddress peer;
    private final Map<String, String> inputs;
    private final Map<String, String> outputs;
    private final double uncertaintyS;
    private final EdgePublisher publisher = new EdgePublisher();
    private final AtomicLong ignored = new AtomicLong();

    private UdpTriggerPort(
            DatagramChannel channel,
            InetSocketAddress peer,
            Map<String, String> inputs,
            Map<String, String> outputs,
            double uncertaintyS) {
        this.channel = channel;
        this.peer = peer;
        this.inputs = Map.copyOf(inputs);
        this.outputs = Map.copyOf(outputs);
        this.uncertaintyS = uncertaintyS;
    }

    /**
     * Opens a port.
     *
     * @param local where to listen; a loopback address unless the rig is another machine
     * @param peer the other side: pulses go there, and messages count only from its address
     * @param inputs channel per word that comes in
     * @param outputs word to send per channel
     * @param uncertaintyS how wrong a host time may be, seconds: a millisecond on a quiet local network
     * @return the port
     * @throws FusDeviceException when the address is in use
     */
    public static UdpTriggerPort open(
            InetSocketAddress local,
            InetSocketAddress peer,
            Map<String, String> inputs,
            Map<String, String> outputs,
            double uncertaintyS) {
        try {
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.bind(local);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            UdpTriggerPort port = new UdpTriggerPort(channel, peer, inputs, outputs, uncertaintyS);
            Thread.ofVirtual().name("fus-trigger-udp").start(port::listen);
            return port;
        } catch (IOException e) {
            throw new FusDeviceException(
                    "udp:" + local, "cannot listen (" + e.getMessage() + "); is the port in use?", e);
        }
    }

    /**
     * Where it listens.
     *
     * @return address and port, the real one when port 0 was asked for
     */
    public InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new FusDeviceException("udp", "the port is closed", e);
        }
    }

    /**
     * Messages that were passed over.
     *
     * @return the number since the port was opened
     */
    public long ignoredMessages() {
        return ignored.get();
    }

    private void listen() {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST + 1);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                long now = System.nanoTime();
                InetAddress sender = from.getAddress();
                if (!sender.equals(peer.getAddress()) || buffer.position() > LONGEST) {
                    ignored.incrementAndGet();
                } else {
                    take(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip(), now);
                }
            } catch (AsynchronousCloseException e) {
                return; // close() was called
            } catch (IOException e) {
                LOG.warn("{}: a message was lost: {}", name(), e.getMessage());
            }
        }
    }

    private void take(String message, long now) {
        int blank = message.indexOf(' ');
        String word = blank < 0 ? message : message.substring(0, blank);
        String to = inputs.get(word);
        if (to == null) {
            ignored.incrementAndGet();
            return;
        }
        publisher.publish(new TriggerEdge(
                name(),
                to,
                Direction.IN,
                Slope.RISING,
                OptionalLong.empty(),
                now,
                uncertaintyS,
                blank < 0 ? "" : message.substring(blank + 1).strip()));
    }

    @Override
    public String name() {
        return "udp:" + peer;
    }

    /** The width is the receiver's own; the label goes with the message. */
    @Override
    public TriggerEdge emit(String channelName, double widthS, String label) {
        DeviceTriggerPort.requireChannel(name(), channelName, outputs.keySet());
        String message = outputs.get(channelName) + (label.isEmpty() ? "" : " " + label);
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("label of " + bytes.length + " bytes, expected at most " + LONGEST);
        }
        long before = System.nanoTime();
        try {
            channel.send(ByteBuffer.wrap(bytes), peer);
        } catch (IOException e) {
            throw new FusDeviceException(name(), "cannot send (" + e.getMessage() + ")", e);
        }
        return publisher.sent(name(), channelName, before, System.nanoTime(), uncertaintyS, label);
    }

    @Override
    public Flow.Publisher<TriggerEdge> edges() {
        return publisher.edges();
    }

    @Override
    public long lostEdges() {
        return publisher.lost();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("{}: closing: {}", name(), e.getMessage());
        }
        publisher.close();
    }
}
