package org.fus.hardware.motion.zaber;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Zaber binary protocol of the older T-series: six bytes, device, command, data (32 bits, low byte first). Positions are
 * microsteps, from 0 at the home sensor upwards. A device answers a motion only when it has ended; meanwhile it is asked
 * for its status and position. There are no checksums, so a frame is believed only when device and command match the
 * question, and position only within what the axis can reach.
 */
public final class ZaberBinary implements MotionController {
    private static final Duration REPLY = Duration.ofMillis(500);
    private static final int HOME = 1;
    private static final int MOVE_ABSOLUTE = 20;
    private static final int MOVE_RELATIVE = 21;
    private static final int STOP = 23;
    private static final int SET_TARGET_SPEED = 42;
    private static final int SET_MAXIMUM_POSITION = 44;
    private static final int DEVICE_ID = 50;
    private static final int FIRMWARE = 51;
    private static final int SETTING = 53;
    private static final int STATUS = 54;
    private static final int ECHO = 55;
    private static final int POSITION = 60;
    private static final int ERROR = 255;

    /** T-series: data of a speed is microsteps per second divided by 9.375. */
    private static final double SPEED_DATA = 9.375;

    private final ControllerLink link;
    private final int[] devices;
    private final boolean[] referenced;
    private final MotionFault[] faults; // null where there is none
    private final double[] reach;

    /**
     * A chain of devices on a line.
     *
     * @param transport 9600 baud
     * @param settings axis names are device numbers, 1 to 254
     */
    public ZaberBinary(ByteTransport transport, StageSettings settings) {
        int n = settings.axes().size();
        devices = new int[n];
        referenced = new boolean[n];
        reach = new double[n];
        faults = new MotionFault[n];
        Arrays.fill(reach, Integer.MAX_VALUE);
        for (int i = 0; i < n; i++) {
            AxisSettings a = settings.axes().get(i);
            if (!a.controllerAxis().matches("[1-9][0-9]{0,2}") || Integer.parseInt(a.controllerAxis()) > 254) {
                throw new IllegalArgumentException(
                        "Zaber device '" + a.controllerAxis() + "', expected a number from 1 to 254");
            }
            devices[i] = Integer.parseInt(a.controllerAxis());
        }
        this.link = new ControllerLink(transport, REPLY);
    }

    @Override
    public String connect() {
        link.discardInput(Duration.ofMillis(50));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < devices.length; i++) {
            names.add("device " + devices[i] + " id " + ask(i, DEVICE_ID, 0) + " firmware "
                    + ask(i, FIRMWARE, 0) / 100.0);
        }
        return "Zaber binary: " + String.join(", ", names);
    }

    @Override
    public Optional<ControllerRange> guard(int axis, ControllerRange range) {
        if (range.lower() < 0) {
            throw new IllegalArgumentException("axis " + axis + ": lower limit at " + range.lower()
                    + " microsteps, but this controller counts from 0 at its home sensor; mend origin and sign");
        }
        long upper = Math.round(range.upper());
        ask(axis, SET_MAXIMUM_POSITION, Math.toIntExact(upper));
        int got = ask(axis, SETTING, SET_MAXIMUM_POSITION);
        if (got != upper) {
            throw link.protocol(
                    "axis " + axis + ": maximum position is " + got + ", expected " + upper + " as written");
        }
        reach[axis] = upper;
        // nothing lies below the sensor; a host's limit above it is the host's alone
        return Optional.of(new ControllerRange(0, got));
    }

    @Override
    public List<AxisReading> read() {
        List<AxisReading> all = new ArrayList<>();
        for (int i = 0; i < devices.length; i++) {
            int status = ask(i, STATUS, 0);
            int position = ask(i, POSITION, 0);
            if (status != 0 && (status < 1 || status > 99)) {
                throw link.protocol("axis " + i + ": status " + status + ", expected 0 to 99");
            }
            if (referenced[i] && Math.abs((double) position) > 2 * reach[i] + 1e6) {
                throw link.protocol("axis " + i + ": position " + position + ", far beyond its travel");
            }
            all.add(new AxisReading(position, status != 0, referenced[i], Optional.ofNullable(faults[i])));
            faults[i] = null; // told once is told
        }
        return all;
    }

    @Override
    public boolean homesTogether() {
        return false;
    }

    @Override
    public void home(int axis, MotionPermit permit) {
        referenced[axis] = false;
        link.send(frame(axis, HOME, 0), permit);
    }

    @Override
    public void move(double[] targets, double[] speeds, MotionPermit permit) {
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                setSpeed(i, speeds[i]);
                link.send(frame(i, MOVE_ABSOLUTE, Math.toIntExact(Math.round(targets[i]))), permit);
            }
        }
    }

    @Override
    public void jog(int axis, double distance, double speed, MotionPermit permit) {
        setSpeed(axis, speed);
        link.send(frame(axis, MOVE_RELATIVE, Math.toIntExact(Math.round(distance))), permit);
    }

    private void setSpeed(int axis, double speed) {
        ask(axis, SET_TARGET_SPEED, Math.max(1, Math.toIntExact(Math.round(speed / SPEED_DATA))));
    }

    @Override
    public void stop() {
        link.send(frame(-1, STOP, 0)); // device 0: all
    }

    @Override
    public void emergencyStop() {
        link.send(frame(-1, STOP, 0)); // the protocol has nothing harder
    }

    @Override
    public void reset() {
        link.discardInput(Duration.ofMillis(100));
        for (int i = 0; i < devices.length; i++) {
            int token = 0x5A00 + i;
            if (ask(i, ECHO, token) != token) {
                throw link.protocol("axis " + i + " does not echo; check the chain");
            }
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private byte[] frame(int axis, int command, int data) {
        return ByteBuffer.allocate(6)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (axis < 0 ? 0 : devices[axis]))
                .put((byte) command)
                .putInt(data)
                .array();
    }

    private int ask(int axis, int command, int data) {
        link.send(frame(axis, command, data));
        long deadline = link.replyDeadline();
        int expected = command == SETTING ? data : command; // the device answers with the number of the setting
        while (true) {
            ByteBuffer b = ByteBuffer.wrap(link.readExactly(6, deadline)).order(ByteOrder.LITTLE_ENDIAN);
            int device = b.get() & 0xff;
            int got = b.get() & 0xff;
            int value = b.getInt();
            int from = axisOf(device);
            if (from < 0) {
                link.discardInput(Duration.ofMillis(20)); // frames have no start mark: silence finds the next one
                throw link.protocol("frame from device " + device + ", which is not in the settings");
            }
            if (got == ERROR && (value == command || value == 255)) {
                throw new MotionException(
                        link.name(),
                        new MotionFault(Kind.CONTROLLER, from, "device " + device + " refused with error " + value));
            }
            if (from == axis && got == expected) {
                return value;
            }
            note(from, got, value);
        }
    }

    /** A frame that answers an earlier command: the end of a motion, or its refusal. */
    private void note(int axis, int command, int value) {
        switch (command) {
            case HOME -> referenced[axis] = value == 0;
            case ERROR -> {
                Kind kind = value == MOVE_ABSOLUTE || value == MOVE_RELATIVE ? Kind.SOFT_LIMIT : Kind.CONTROLLER;
                faults[axis] = new MotionFault(
                        kind,
                        axis,
                        "axis " + axis + ": controller refused with error " + value
                                + (kind == Kind.SOFT_LIMIT ? " (target out of its range)" : ""));
            }
            default -> {} // the end of a move or a stop, or a doubled reply: position and status tell the rest
        }
    }

    private int axisOf(int device) {
        for (int i = 0; i < devices.length; i++) {
            if (devices[i] == device) {
                return i;
            }
        }
        return -1;
    }
}
