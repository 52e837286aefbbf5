package org.fus.hardware.trigger;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.TransportException;
import org.fus.hardware.trigger.TriggerEdge.Direction;
import org.fus.hardware.trigger.TriggerEdge.Slope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trigger box on a serial line (or any other byte stream): patterns of bytes that come in are edges, pulses go out as
 * patterns. Bytes that belong to no pattern are passed over.
 */
public final class SerialTriggerPort implements TriggerPort {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTriggerPort.class);

    private final ByteTransport line;
    private final List<BytePattern> inputs;
    private final byte[][] patterns;
    private final Map<String, byte[]> outputs = new HashMap<>();
    private final double uncertaintyS;
    private final EdgePublisher publisher = new EdgePublisher();
    private final byte[] recent;
    private int held;

    /**
     * Opens a port on a line.
     *
     * @param line the box; closed with the port
     * @param inputs patterns that come in; when one ends with another, both are reported
     * @param outputs patterns to send, one per channel
     * @param uncertaintyS how wrong a host time may be, seconds: the time of the pattern's bytes on the line, and of the
     *     operating system's buffers (1 ms at 115200 baud without USB, up to 16 ms with a USB adapter as delivered)
     */
    public SerialTriggerPort(
            ByteTransport line, List<BytePattern> inputs, List<BytePattern> outputs, double uncertaintyS) {
        this.line = line;
        this.inputs = List.copyOf(inputs);
        this.patterns = inputs.stream().map(BytePattern::bytes).toArray(byte[][]::new);
        for (BytePattern p : outputs) {
            if (this.outputs.put(p.channel(), p.bytes()) != null) {
                throw new IllegalArgumentException("two patterns for output '" + p.channel() + "', expected one");
            }
        }
        this.uncertaintyS = uncertaintyS;
        int longest = 1;
        for (byte[] p : patterns) {
            longest = Math.max(longest, p.length);
        }
        this.recent = new byte[longest];
        Thread.ofVirtual().name("fus-trigger-" + line.name()).start(this::listen);
    }

    private void listen() {
        byte[] buffer = new byte[256];
        try {
            while (true) {
                int n = line.read(buffer, 0, buffer.length, Duration.ofSeconds(1));
                long now = System.nanoTime();
                for (int i = 0; i < n; i++) {
                    take(buffer[i], now);
                }
            }
        } catch (TransportException e) {
            if (line.isOpen()) {
                LOG.warn("{}: no more triggers: {}", name(), e.getMessage());
            }
        }
    }

    private void take(byte b, long now) {
        if (held == recent.length) {
            System.arraycopy(recent, 1, recent, 0, held - 1);
            held--;
        }
        recent[held++] = b;
        for (int p = 0; p < patterns.length; p++) {
            if (endsWith(patterns[p])) {
                publisher.publish(new TriggerEdge(
                        name(),
                        inputs.get(p).channel(),
                        Direction.IN,
                        Slope.RISING,
                        OptionalLong.empty(),
                        now,
                        uncertaintyS,
                        ""));
            }
        }
    }

    private boolean endsWith(byte[] pattern) {
        int from = held - pattern.length;
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (recent[from + i] != pattern[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String name() {
        return line.name();
    }

    /** The width is the box's own; the bytes are written when this returns. */
    @Override
    public TriggerEdge emit(String channel, double widthS, String label) {
        DeviceTriggerPort.requireChannel(name(), channel, outputs.keySet());
        long before = System.nanoTime();
        line.write(outputs.get(channel));
        return publisher.sent(name(), channel, before, System.nanoTime(), uncertaintyS, label);
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
        line.close();
        publisher.close();
    }
}
