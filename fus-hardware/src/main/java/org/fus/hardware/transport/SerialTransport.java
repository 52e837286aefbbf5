package org.fus.hardware.transport;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.time.Duration;
import java.util.Objects;

/** A serial line, through jSerialComm. */
public final class SerialTransport implements ByteTransport {
    /** Pause between two looks for bytes: a tenth of the time that one character of 9600 baud takes, and cheap. */
    private static final long LOOK_NS = 500_000;

    /** One failed read may be an interrupted system call; so many in a row, 10 ms, and the port is gone. */
    private static final int MOST_FAILURES = 20;

    private final String name;
    private final SerialPort port;
    private final Object writing = new Object();
    private final Object reading = new Object();
    private volatile boolean open = true;

    private SerialTransport(String name, SerialPort port) {
        this.name = name;
        this.port = port;
    }

    /**
     * Opens a line.
     *
     * @param path of the port, such as {@code /dev/ttyUSB0} or {@code COM3}
     * @param settings rate and flow control
     * @return the line, with what had been received before thrown away
     * @throws TransportException when there is no such port, or another program holds it
     */
    public static SerialTransport open(String path, SerialSettings settings) {
        String name = "serial:" + path;
        SerialPort port;
        try {
            port = SerialPort.getCommPort(path);
        } catch (SerialPortInvalidPortException e) {
            throw new TransportException(name, "there is no such port; check the cable and the name", e);
        }
        port.setComPortParameters(settings.baud(), 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        port.setFlowControl(
                settings.hardwareFlowControl()
                        ? SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED
                        : SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
        if (!port.openPort(0)) {
            throw new TransportException(
                    name,
                    "cannot open (error " + port.getLastErrorCode()
                            + "); check that the user may use serial ports and that no other program holds it");
        }
        port.flushIOBuffers();
        return new SerialTransport(name, port);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] target, int offset, int length, Duration timeout) {
        Objects.checkFromIndexSize(offset, length, target.length);
        long deadline = System.nanoTime() + timeout.toNanos();
        int failures = 0;
        while (true) {
            int n;
            synchronized (reading) { // close waits for this short call, so that the descriptor is not reused under it
                if (!open) {
                    throw TransportException.closed(name);
                }
                n = port.readBytes(target, length, offset);
            }
            if (n > 0) {
                return n;
            }
            if (n < 0 && ++failures == MOST_FAILURES) {
                throw lost();
            }
            if (n == 0 && deadline - System.nanoTime() <= 0) {
                return 0;
            }
            pause();
        }
    }

    @Override
    public void write(byte[] bytes) {
        synchronized (writing) {
            long deadline = System.nanoTime() + WRITE_TIMEOUT.toNanos();
            int done = 0;
            while (done < bytes.length) {
                if (!open) {
                    throw TransportException.closed(name);
                }
                int n = port.writeBytes(bytes, bytes.length - done, done);
                if (n < 0) {
                    throw open ? lost() : TransportException.closed(name);
                }
                done += n;
                if (done < bytes.length) {
                    if (deadline - System.nanoTime() <= 0) {
                        throw new TransportException(
                                name, "the port has taken no bytes for " + WRITE_TIMEOUT.toMillis() + " ms");
                    }
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofNanos(LOOK_NS));
        } catch (InterruptedException e) {
            throw TransportException.interrupted(name);
        }
    }

    private TransportException lost() {
        return new TransportException(name, "the port is gone; check the cable");
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        synchronized (reading) {
            port.closePort();
        }
    }
}
