package org.fus.hardware.motion;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.TransportException;

/** The far end of a line: reads commands byte by byte on a thread of its own, answers through a {@link ReplyShaper}. */
public abstract class ControllerSimulator implements AutoCloseable {
    protected final List<KinematicAxis> axes;
    protected final ReplyShaper replies;
    private final ByteTransport line;
    private final StringBuilder text = new StringBuilder();

    protected ControllerSimulator(ByteTransport line, List<KinematicAxis> axes) {
        this.line = line;
        this.axes = axes;
        this.replies = new ReplyShaper(line);
    }

    /** Switches it on. */
    public final void start() {
        Thread.ofVirtual().start(this::run);
    }

    public ReplyShaper replies() {
        return replies;
    }

    private void run() {
        byte[] buffer = new byte[256];
        try {
            while (true) {
                int n = line.read(buffer, 0, buffer.length, Duration.ofMillis(5));
                for (int i = 0; i < n; i++) {
                    received(buffer[i]);
                }
                idle();
            }
        } catch (TransportException e) {
            axes.forEach(KinematicAxis::stop); // what a careful controller does; the driver must not rely on it
        }
    }

    /** One byte has come in. As it stands, collects lines. */
    protected void received(byte b) {
        if (b == '\n') {
            String s = text.toString();
            text.setLength(0);
            command(s.endsWith("\r") ? s.substring(0, s.length() - 1) : s);
        } else {
            text.append((char) (b & 0xff));
        }
    }

    /** One line has come in. */
    protected void command(String line) {}

    /** Every few milliseconds. */
    protected void idle() {}

    protected void reply(String s) {
        replies.reply(s.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        line.close();
    }
}
