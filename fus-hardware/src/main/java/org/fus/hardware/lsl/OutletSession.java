package org.fus.hardware.lsl;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One program that asks an outlet for its description or its samples. */
final class OutletSession {
    private static final Logger LOG = LoggerFactory.getLogger(OutletSession.class);
    private static final Pattern FEED = Pattern.compile("LSL:streamfeed/(\\d{1,6})(?:[ \t]+(\\S*))?");
    private static final int BIG_ENDIAN = 4321;
    private static final int LITTLE_ENDIAN = 1234;

    private final LslOutlet outlet;
    private final Socket socket;
    private final ArrayBlockingQueue<LslSample> queue;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean feeds;
    private volatile long sendingSinceNs;
    private final Thread thread;

    OutletSession(LslOutlet outlet, Socket socket) {
        this.outlet = outlet;
        this.socket = socket;
        this.queue = new ArrayBlockingQueue<>(outlet.options().bufferSamples());
        this.thread = outlet.options().threads().newThread(this::talk);
    }

    void start() {
        thread.start();
    }

    /** Whether it takes samples. */
    boolean feeds() {
        return feeds;
    }

    /** Never waits: the oldest sample gives way. */
    void offer(LslSample sample) {
        while (feeds && !queue.offer(sample)) {
            if (queue.poll() != null) {
                outlet.countDropped();
            }
        }
        long since = sendingSinceNs;
        if (since != 0 && System.nanoTime() - since > outlet.options().timeout().toNanos()) {
            LOG.warn("lsl: {} has taken nothing for too long: connection ended", socket.getRemoteSocketAddress());
            end();
        }
    }

    private void talk() {
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Lines lines = new Lines(socket, outlet.options().timeout());
            String request = lines.line();
            Matcher feed = FEED.matcher(request);
            if (request.equals("LSL:fullinfo")) {
                send(outlet.identity().fullInfo());
            } else if (request.equals("LSL:shortinfo")) {
                if (outlet.identity().matches(lines.line())) {
                    send(outlet.identity().shortInfo());
                }
            } else if (feed.matches()) {
                feed(Integer.parseInt(feed.group(1)), feed.group(2), lines);
            } else { // the protocol of before 2013, or no LSL at all
                outlet.countRefused();
                send("LSL/" + LslXml.VERSION + " 400 Bad request\r\n\r\n");
            }
        } catch (IOException e) {
            LOG.debug("lsl: {} is gone: {}", socket, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // end() was called
        } finally {
            end();
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void feed(int version, String uid, Lines lines) throws IOException, InterruptedException {
        Map<String, String> wishes = lines.fields();
        LslStreamInfo info = outlet.info();
        boolean text = info.format() == LslFormat.STRING;
        String size = Integer.toString(info.format().bytes());
        boolean readable = version / 100 == LslXml.VERSION / 100
                && version >= LslXml.VERSION
                && (text || wishes.getOrDefault("value-size", size).equals(size))
                && !wishes.getOrDefault("has-ieee754-floats", "1").equals("0");
        if (uid != null && !uid.isEmpty() && !uid.equals(outlet.uid())) {
            outlet.countRefused();
            send("LSL/" + LslXml.VERSION + " 404 Not found\r\n\r\n");
            return;
        }
        if (!readable) {
            outlet.countRefused();
            send("LSL/" + LslXml.VERSION + " 505 Version not supported\r\n\r\n");
            return;
        }
        boolean big = wishes.getOrDefault("native-byte-order", "").equals(Integer.toString(BIG_ENDIAN));
        SampleCodec codec = new SampleCodec(info, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        send("LSL/" + LslXml.VERSION + " 200 OK\r\nUID: " + outlet.uid() + "\r\nByte-Order: "
                + (big ? BIG_ENDIAN : LITTLE_ENDIAN) + "\r\nSuppress-Subnormals: 0\r\nData-Protocol-Version: "
                + LslXml.VERSION + "\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        for (LslSample pattern : codec.testPatterns()) {
            out.write(codec.encode(pattern));
        }
        feeds = true;
        outlet.options().threads().newThread(() -> watch(lines)).start();
        while (!ended.get()) {
            byte[] bytes = codec.encode(queue.take());
            sendingSinceNs = System.nanoTime() | 1; // never 0
            out.write(bytes);
            sendingSinceNs = 0;
        }
    }

    /** A reader says nothing more; the end of what it says is its end. */
    private void watch(Lines lines) {
        try {
            lines.rest().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.debug("lsl: {} is gone: {}", socket, e.getMessage());
        } finally {
            end();
        }
    }

    /** Ends the conversation; may be called many times. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            feeds = false;
            outlet.forget(this);
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("lsl: closing: {}", e.getMessage());
            }
            thread.interrupt();
        }
    }

    void join() throws InterruptedException {
        thread.join(1000);
    }
}
