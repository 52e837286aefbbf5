package org.fus.hardware.lsl;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream of another program, such as the markers of a stimulator. A host that reads slowly loses the oldest samples,
 * which are counted. Safe for use by many threads.
 */
public final class LslInlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LslInlet.class);
    private static final Pattern STATUS = Pattern.compile("LSL/(\\d{1,6}) (\\d{3}) .*");
    private static final Pattern PROBE_REPLY = Pattern.compile("\\s*(-?\\d+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s*");

    /** Probes of the clock and the longest way of one, as in liblsl. */
    private static final int PROBES = 8;

    private static final int PROBE_TIMEOUT_MS = 128;

    private final LslFound stream;
    private final String name;
    private final Socket socket;
    /** What came; empty at the end. */
    private final ArrayBlockingQueue<Optional<LslSample>> queue;

    private final AtomicLong dropped = new AtomicLong();
    private final Thread reader;
    private volatile boolean closed;
    private volatile String ending = "the sender has ended the stream";

    private LslInlet(LslFound stream, LslOptions options, Socket socket, SampleCodec codec, DataInputStream in) {
        this.stream = stream;
        this.name = nameOf(stream);
        this.socket = socket;
        this.queue = new ArrayBlockingQueue<>(options.bufferSamples() + 1); // one more for the end
        this.reader = options.threads().newThread(() -> read(codec, in));
    }

    private static String nameOf(LslFound stream) {
        return "lsl:" + stream.info().name();
    }

    /**
     * Connects to a stream; samples from now on will come.
     *
     * @param stream what {@link LslStreams#find} has found
     * @param options buffer and longest wait
     * @return the inlet
     * @throws FusDeviceException when the sender does not answer, or refuses
     * @throws FusFormatException when it does not speak the protocol
     */
    public static LslInlet open(LslFound stream, LslOptions options) {
        String name = nameOf(stream);
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(stream.address(), stream.dataPort()),
                    Math.toIntExact(options.timeout().toMillis()));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.getOutputStream().write(request(stream, options).getBytes(StandardCharsets.UTF_8));
            Lines lines = new Lines(socket, options.timeout());
            SampleCodec codec = new SampleCodec(stream.info(), accepted(name, stream, lines));
            DataInputStream in = new DataInputStream(lines.rest());
            socket.setSoTimeout(Math.toIntExact(options.timeout().toMillis()));
            for (LslSample expected : codec.testPatterns()) {
                LslSample got = codec.decode(name, in, 0);
                if (!got.equals(expected)) {
                    throw new FusFormatException(
                            name, "test pattern", "expected " + expected + ", got " + got + "; the formats differ");
                }
            }
            socket.setSoTimeout(0);
            LslInlet inlet = new LslInlet(stream, options, socket, codec, in);
            inlet.reader.start();
            return inlet;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new FusDeviceException(name, "cannot be read (" + e.getMessage() + "); find it again", e);
        } catch (RuntimeException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private static String request(LslFound stream, LslOptions options) {
        return "LSL:streamfeed/" + LslXml.VERSION + " " + stream.uid() + "\r\n"
                + "Native-Byte-Order: 1234\r\n"
                + "Endian-Performance: 0\r\n"
                + "Has-IEEE754-Floats: 1\r\n"
                + "Supports-Subnormals: 1\r\n"
                + "Value-Size: " + stream.info().format().bytes() + "\r\n"
                + "Data-Protocol-Version: " + LslXml.VERSION + "\r\n"
                + "Max-Buffer-Length: " + options.bufferSamples() + "\r\n"
                + "Max-Chunk-Length: 0\r\n"
                + "Hostname: " + stream.hostName().replaceAll("[\\r\\n]", "") + "\r\n"
                + "Source-Id: " + stream.info().sourceId() + "\r\n"
                + "Session-Id: " + options.sessionId() + "\r\n\r\n";
    }

    /** Checks the answer to a request; the byte order of the samples. */
    private static ByteOrder accepted(String name, LslFound stream, Lines lines) throws IOException {
        String first = lines.line();
        Matcher status = STATUS.matcher(first);
        if (!status.matches()) {
            throw new FusFormatException(name, "answer", "expected 'LSL/110 200 OK', got '" + first + "'");
        }
        if (!status.group(2).equals("200")) {
            throw new FusDeviceException(name, "refuses (" + first + "); find it again");
        }
        Map<String, String> fields = lines.fields();
        String version = fields.getOrDefault("data-protocol-version", "100");
        if (!version.equals(Integer.toString(LslXml.VERSION))) {
            throw new FusFormatException(
                    name, "Data-Protocol-Version", "expected " + LslXml.VERSION + ", got " + version);
        }
        String uid = fields.getOrDefault("uid", stream.uid());
        if (!uid.toLowerCase(Locale.ROOT).equals(stream.uid().toLowerCase(Locale.ROOT))) {
            throw new FusFormatException(name, "UID", "expected " + stream.uid() + ", got " + uid + "; find it again");
        }
        String order = fields.getOrDefault("byte-order", "1234");
        return switch (order) {
            case "1234" -> ByteOrder.LITTLE_ENDIAN;
            case "4321" -> ByteOrder.BIG_ENDIAN;
            default -> throw new FusFormatException(name, "Byte-Order", "expected 1234 or 4321, got " + order);
        };
    }

    private void read(SampleCodec codec, DataInputStream in) {
        try {
            double previousS = 0;
            while (true) {
                LslSample sample = codec.decode(name, in, previousS);
                previousS = sample.timestampS();
                offer(Optional.of(sample));
            }
        } catch (IOException | FusFormatException e) {
            if (e.getMessage() != null) {
                ending = "the stream broke: " + e.getMessage();
            }
        } finally {
            offer(Optional.empty());
            closeQuietly(socket);
        }
    }

    private void offer(Optional<LslSample> sample) {
        while (!queue.offer(sample)) {
            if (queue.poll() != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /**
     * Waits for the next sample.
     *
     * @param timeout longest wait
     * @return empty when none came in time; its timestamp is on the sender's clock
     * @throws FusDeviceException when the stream has ended and every sample that came was taken, or when the thread was
     *     interrupted
     */
    public Optional<LslSample> pull(Duration timeout) {
        try {
            Optional<LslSample> next = queue.poll(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            if (next == null) {
                return Optional.empty();
            }
            if (next.isEmpty()) {
                offer(next); // for the next call
                throw new FusDeviceException(name, (closed ? "this end is closed" : ending) + "; find it again");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusDeviceException(name, "the thread was interrupted while it waited", e);
        }
    }

    /**
     * Compares the clocks: eight probes, of which the one that was under way for the shortest time counts, as in NTP. Clocks
     * drift, so ask again every few seconds, or fit {@link org.fus.hardware.trigger.ClockFit} to several.
     *
     * @return the correction
     * @throws FusDeviceException when no probe was answered
     */
    public LslTimeCorrection timeCorrection() {
        LslTimeCorrection best = null;
        int wave = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE - PROBES);
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(stream.address(), stream.servicePort())); // nobody else is heard
            probe.setSoTimeout(PROBE_TIMEOUT_MS);
            for (int i = 0; i < PROBES; i++) {
                Optional<LslTimeCorrection> got = probeOnce(probe, wave + i);
                if (got.isPresent() && (best == null || got.get().roundTripS() < best.roundTripS())) {
                    best = got.get();
                }
            }
        } catch (IOException e) {
            throw new FusDeviceException(name, "does not tell the time (" + e.getMessage() + "); find it again", e);
        }
        if (best == null) {
            throw new FusDeviceException(name, "has answered none of " + PROBES + " probes of its clock");
        }
        return best;
    }

    private static Optional<LslTimeCorrection> probeOnce(DatagramSocket probe, int wave) throws IOException {
        double t0 = LslClock.nowS();
        byte[] question = String.format(Locale.ROOT, "LSL:timedata\r\n%d %.9f\r\n", wave, t0)
                .getBytes(StandardCharsets.US_ASCII);
        probe.send(new DatagramPacket(question, question.length));
        byte[] buffer = new byte[1024];
        DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
        try {
            probe.receive(answer);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        double t3 = LslClock.nowS();
        Matcher m = PROBE_REPLY.matcher(new String(buffer, 0, answer.getLength(), StandardCharsets.US_ASCII));
        if (!m.matches() || !m.group(1).equals(Integer.toString(wave))) {
            return Optional.empty(); // of an earlier probe
        }
        try {
            return correction(t0, Double.parseDouble(m.group(3)), Double.parseDouble(m.group(4)), t3);
        } catch (NumberFormatException e) {
            return Optional.empty(); // not an answer
        }
    }

    /** From when a probe left, came there, left there and came back; the sender's own times are {@code t1} and {@code t2}. */
    static Optional<LslTimeCorrection> correction(double t0, double t1, double t2, double t3) {
        double roundTripS = (t3 - t0) - (t2 - t1);
        double offsetS = -((t1 - t0) + (t2 - t3)) / 2;
        return Double.isFinite(offsetS) && roundTripS >= 0
                ? Optional.of(new LslTimeCorrection(offsetS, roundTripS))
                : Optional.empty();
    }

    /**
     * Samples that the host was too slow for.
     *
     * @return the number since the inlet was opened
     */
    public long droppedSamples() {
        return dropped.get();
    }

    /**
     * Whether samples can still come.
     *
     * @return false once the stream has ended
     */
    public boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(socket);
        try {
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("lsl: closing: {}", e.getMessage());
        }
    }
}
