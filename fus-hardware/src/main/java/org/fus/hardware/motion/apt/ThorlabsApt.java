package org.fus.hardware.motion.apt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.hardware.motion.AxisReading;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.ControllerLink;
import org.fus.hardware.motion.ControllerRange;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionFault;
import org.fus.hardware.motion.MotionFault.Kind;
import org.fus.hardware.motion.MotionPermit;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.ByteTransport;

/**
 * Thorlabs APT. Positions are encoder counts. An axis is named by the address of its module in hexadecimal: {@code 50} for
 * a cube, {@code 21}, {@code 22}, ... for the bays of a rack; each has one channel. Controllers fall silent when the host
 * does not send "server alive" at least once per second; every reading sends it when it is due.
 */
public final class ThorlabsApt implements MotionController {
    private static final Duration REPLY = Duration.ofMillis(500);

    /** Half of the second after which a controller falls silent. */
    private static final long ALIVE_NS = 500_000_000;

    private static final int REQ_INFO = 0x0005;
    private static final int GET_INFO = 0x0006;
    private static final int CHANNEL_ENABLE = 0x0210;
    private static final int SET_VELOCITY = 0x0413;
    private static final int REQ_VELOCITY = 0x0414;
    private static final int GET_VELOCITY = 0x0415;
    private static final int SET_LIMITS = 0x0423;
    private static final int REQ_LIMITS = 0x0424;
    private static final int GET_LIMITS = 0x0425;
    private static final int HOME = 0x0443;
    private static final int MOVE_RELATIVE = 0x0448;
    private static final int MOVE_ABSOLUTE = 0x0453;
    private static final int STOP = 0x0465;
    private static final int REQ_STATUS = 0x0490;
    private static final int GET_STATUS = 0x0491;
    private static final int SERVER_ALIVE = 0x0492;

    private static final int IMMEDIATE = 1;
    private static final int PROFILED = 2;
    private static final int STOP_AT_LIMIT = 3;

    private static final long HARDWARE_LIMITS = 0x3;
    private static final long SOFT_LIMITS = 0xC;
    private static final long MOVING = 0x2F0; // forward, reverse, jogging both ways, homing
    private static final long HOMED = 0x400;
    private static final long POSITION_ERROR = 0x4000;
    private static final long OVER_CURRENT = 0x1000000;

    /** Velocity data of brushed DC controllers: counts per second x 65536 x the servo period, 2048 / 6 MHz. */
    private static final double VELOCITY_DATA = 65536 * 2048 / 6e6;

    private final ControllerLink link;
    private final int[] addresses;
    private final int[] accelerations;
    private long aliveNs;

    /**
     * A cube or a rack on a line.
     *
     * @param transport 115200 baud, hardware flow control
     * @param settings axis names are hexadecimal addresses
     */
    public ThorlabsApt(ByteTransport transport, StageSettings settings) {
        this.addresses = settings.axes().stream().mapToInt(ThorlabsApt::address).toArray();
        this.accelerations = new int[addresses.length];
        this.link = new ControllerLink(transport, REPLY);
    }

    private static int address(AxisSettings a) {
        if (!a.controllerAxis().matches("50|2[1-9A-Fa-f]")) {
            throw new IllegalArgumentException("Thorlabs address '" + a.controllerAxis()
                    + "', expected 50 (a cube) or 21 to 2f (a bay), hexadecimal");
        }
        return Integer.parseInt(a.controllerAxis(), 16);
    }

    @Override
    public String connect() {
        link.discardInput(Duration.ofMillis(50));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            byte[] info = ask(i, REQ_INFO, 0, GET_INFO, 12);
            String model = new String(info, 4, 8, StandardCharsets.US_ASCII)
                    .replaceAll("[^ -~]", "")
                    .strip();
            long serial = ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN).getInt(0) & 0xffffffffL;
            names.add(model + " " + serial);
            link.send(AptMessage.brief(CHANNEL_ENABLE, 1, 1, addresses[i]));
            accelerations[i] = buffer(ask(i, REQ_VELOCITY, 1, GET_VELOCITY, 14)).getInt(6);
        }
        return "Thorlabs APT: " + String.join(", ", names);
    }

    @Override
    public Optional<ControllerRange> guard(int axis, ControllerRange range) {
        byte[] before = ask(axis, REQ_LIMITS, 1, GET_LIMITS, 16);
        int upper = Math.toIntExact(Math.round(range.upper()));
        int lower = Math.toIntExact(Math.round(range.lower()));
        byte[] data = before.clone(); // what the switches mean stays as it was
        buffer(data).putShort(0, (short) 1).putInt(6, upper).putInt(10, lower).putShort(14, (short) STOP_AT_LIMIT);
        link.send(AptMessage.extended(SET_LIMITS, addresses[axis], data));
        ByteBuffer got = buffer(ask(axis, REQ_LIMITS, 1, GET_LIMITS, 16));
        if (got.getInt(6) != upper || got.getInt(10) != lower || got.getShort(14) != STOP_AT_LIMIT) {
            return Optional.empty(); // brushless controllers have no soft limits
        }
        return Optional.of(new ControllerRange(got.getInt(10), got.getInt(6)));
    }

    @Override
    public List<AxisReading> read() {
        keepAlive();
        List<AxisReading> all = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            ByteBuffer b = buffer(ask(i, REQ_STATUS, 1, GET_STATUS, 14));
            long bits = b.getInt(10) & 0xffffffffL;
            all.add(new AxisReading(b.getInt(2), (bits & MOVING) != 0, (bits & HOMED) != 0, fault(i, bits)));
        }
        return all;
    }

    private void keepAlive() {
        long now = System.nanoTime();
        if (aliveNs == 0 || now - aliveNs >= ALIVE_NS) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int address : addresses) {
                all.writeBytes(AptMessage.brief(SERVER_ALIVE, 0, 0, address));
            }
            link.send(all.toByteArray());
            aliveNs = now;
        }
    }

    private Optional<MotionFault> fault(int axis, long bits) {
        Kind kind = (bits & OVER_CURRENT) != 0
                ? Kind.CONTROLLER
                : (bits & POSITION_ERROR) != 0
                        ? Kind.STALL
                        : (bits & HARDWARE_LIMITS) != 0
                                ? Kind.LIMIT_SWITCH
                                : (bits & SOFT_LIMITS) != 0 ? Kind.SOFT_LIMIT : null;
        return Optional.ofNullable(kind)
                .map(k -> new MotionFault(
                        k, axis, "axis " + axis + ": status bits 0x" + Long.toHexString(bits) + " (" + k + ")"));
    }

    @Override
    public boolean homesTogether() {
        return false;
    }

    @Override
    public void home(int axis, MotionPermit permit) {
        link.send(AptMessage.brief(HOME, 1, 0, addresses[axis]), permit);
    }

    @Override
    public void move(double[] targets, double[] speeds, MotionPermit permit) {
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                setSpeed(i, speeds[i]);
                link.send(motion(MOVE_ABSOLUTE, i, targets[i]), permit);
            }
        }
    }

    @Override
    public void jog(int axis, double distance, double speed, MotionPermit permit) {
        setSpeed(axis, speed);
        link.send(motion(MOVE_RELATIVE, axis, distance), permit);
    }

    private byte[] motion(int id, int axis, double counts) {
        byte[] data = new byte[6];
        buffer(data).putShort(0, (short) 1).putInt(2, Math.toIntExact(Math.round(counts)));
        return AptMessage.extended(id, addresses[axis], data);
    }

    private void setSpeed(int axis, double speed) {
        byte[] data = new byte[14];
        int velocity = Math.toIntExact(Math.max(1, Math.round(speed * VELOCITY_DATA)));
        buffer(data).putShort(0, (short) 1).putInt(6, accelerations[axis]).putInt(10, velocity);
        link.send(AptMessage.extended(SET_VELOCITY, addresses[axis], data));
    }

    @Override
    public void stop() {
        stopAll(PROFILED);
    }

    @Override
    public void emergencyStop() {
        stopAll(IMMEDIATE);
    }

    private void stopAll(int how) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int address : addresses) {
            all.writeBytes(AptMessage.brief(STOP, 1, how, address));
        }
        link.send(all.toByteArray());
    }

    @Override
    public void reset() {
        aliveNs = 0;
        keepAlive();
        link.discardInput(Duration.ofMillis(100));
        for (int address : addresses) {
            link.send(AptMessage.brief(CHANNEL_ENABLE, 1, 1, address));
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private byte[] ask(int axis, int request, int channel, int reply, int atLeast) {
        link.send(AptMessage.brief(request, channel, 0, addresses[axis]));
        long deadline = link.replyDeadline();
        while (true) {
            AptMessage m;
            try {
                m = AptMessage.read(link, deadline);
            } catch (MotionException e) {
                link.discardInput(Duration.ofMillis(20)); // no start mark: silence finds the next message
                throw e;
            }
            // ends of motions, late and doubled replies are passed over
            if (m.id() == reply && m.address() == addresses[axis]) {
                if (m.data().length < atLeast) {
                    throw link.protocol("sent a message 0x" + Integer.toHexString(reply) + " of " + m.data().length
                            + " bytes, expected at least " + atLeast);
                }
                return m.data();
            }
        }
    }

    private static ByteBuffer buffer(byte[] data) {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }
}
