package org.fus.hardware.lsl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.core.error.FusDeviceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers a stream to recorders and other programs that speak LSL. Pushing never waits: a slow reader loses its oldest
 * samples, which are counted, and in the end its connection. Safe for use by many threads.
 */
public final class LslOutlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LslOutlet.class);

    private final LslStreamInfo info;
    private final LslOptions options;
    private final ServerSocket data;
    private final List<UdpResponder> responders;
    private final String uid = UUID.randomUUID().toString();
    private final OutletIdentity identity;
    private final Set<OutletSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    private LslOutlet(
            LslStreamInfo info, LslOptions options, ServerSocket data, int servicePort, List<UdpResponder> responders)
            throws IOException {
        this.info = info;
        this.options = options;
        this.data = data;
        this.responders = List.copyOf(responders);
        Map<String, String> fields = LslXml.fields(
                info,
                uid,
                options.sessionId(),
                InetAddress.getLocalHost().getHostName(),
                data.getLocalPort(),
                servicePort,
                LslClock.nowS());
        this.identity = OutletIdentity.of(fields, info.labels());
    }

    /**
     * Opens an outlet for the programs of this machine.
     *
     * @param info what the stream is
     * @return the outlet
     * @throws FusDeviceException when no port is free
     */
    public static LslOutlet open(LslStreamInfo info) {
        return open(info, LslOptions.local());
    }

    /**
     * Opens an outlet.
     *
     * @param info what the stream is
     * @param options who sees it
     * @return the outlet
     * @throws FusDeviceException when no port is free
     */
    public static LslOutlet open(LslStreamInfo info, LslOptions options) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            ServerSocket data = new ServerSocket();
            opened.add(data);
            InetAddress address = LslPorts.bindAddress(options.network());
            LslPorts.bindInRange(port -> data.bind(new InetSocketAddress(address, port)));
            List<UdpResponder> responders = new ArrayList<>();
            UdpResponder service = UdpResponder.ofOutlet(options);
            opened.add(service);
            responders.add(service);
            try {
                UdpResponder everybody = UdpResponder.ofEverybody(options);
                opened.add(everybody);
                responders.add(everybody);
            } catch (IOException e) {
                LOG.warn(
                        "lsl: '{}' is found through port {} alone: UDP port {} cannot be used ({})",
                        info.name(),
                        service.port(),
                        LslPorts.DISCOVERY,
                        e.getMessage());
            }
            LslOutlet outlet = new LslOutlet(info, options, data, service.port(), responders);
            outlet.start();
            return outlet;
        } catch (IOException e) {
            opened.forEach(LslOutlet::closeQuietly);
            throw new FusDeviceException(
                    "lsl:" + info.name(), "cannot open the stream (" + e.getMessage() + "); are its ports free?", e);
        }
    }

    private void start() {
        OutletIdentity.LIVE.add(identity);
        responders.forEach(r -> threads.add(options.threads().newThread(r::serve)));
        threads.add(options.threads().newThread(this::accept));
        threads.forEach(Thread::start);
    }

    private void accept() {
        while (!data.isClosed()) {
            try {
                Socket client = data.accept();
                if (sessions.size() >= options.maxClients()) {
                    refused.incrementAndGet();
                    client.close();
                    continue;
                }
                OutletSession session = new OutletSession(this, client);
                sessions.add(session);
                session.start();
                if (data.isClosed()) {
                    session.end();
                }
            } catch (IOException e) {
                if (!data.isClosed()) {
                    LOG.warn("lsl: a reader could not connect: {}", e.getMessage());
                }
            }
        }
    }

    /**
     * Sends numbers.
     *
     * @param timestampS when they were so, {@link LslClock}, seconds
     * @param values one per channel; whole and in range for a format of integers
     */
    public void push(double timestampS, double... values) {
        push(new LslSample(timestampS, Arrays.stream(values).boxed().toList(), List.of()));
    }

    /**
     * Sends texts.
     *
     * @param timestampS when it happened, {@link LslClock}, seconds
     * @param texts one per channel, at most 1 MiB each
     */
    public void pushText(double timestampS, String... texts) {
        push(new LslSample(timestampS, List.of(), List.of(texts)));
    }

    private void push(LslSample sample) {
        SampleCodec.require(info, sample);
        sessions.forEach(s -> s.offer(sample));
    }

    /**
     * What the stream is.
     *
     * @return as opened
     */
    public LslStreamInfo info() {
        return info;
    }

    /**
     * Tells this run of the stream from all others.
     *
     * @return a UUID
     */
    public String uid() {
        return uid;
    }

    /**
     * Programs that take samples now.
     *
     * @return their number
     */
    public int readers() {
        return (int) sessions.stream().filter(OutletSession::feeds).count();
    }

    /**
     * Samples that a reader was too slow for, counted once per reader.
     *
     * @return the number since the outlet was opened
     */
    public long droppedSamples() {
        return dropped.get();
    }

    /**
     * Requests that were not served: another protocol, another stream, too many readers.
     *
     * @return the number since the outlet was opened
     */
    public long refusedRequests() {
        return refused.get();
    }

    OutletIdentity identity() {
        return identity;
    }

    LslOptions options() {
        return options;
    }

    void countDropped() {
        dropped.incrementAndGet();
    }

    void countRefused() {
        refused.incrementAndGet();
    }

    void forget(OutletSession session) {
        sessions.remove(session);
    }

    /** Ends the stream and waits for its threads. */
    @Override
    public void close() {
        OutletIdentity.LIVE.remove(identity);
        closeQuietly(data);
        responders.forEach(LslOutlet::closeQuietly);
        try {
            for (OutletSession s : sessions.toArray(OutletSession[]::new)) {
                s.end();
                s.join();
            }
            for (Thread t : threads) {
                t.join(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable c) {
        try {
            c.close();
        } catch (Exception e) {
            LOG.debug("lsl: closing: {}", e.getMessage());
        }
    }
}
