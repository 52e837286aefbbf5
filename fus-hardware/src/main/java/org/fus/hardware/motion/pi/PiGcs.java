package org.fus.hardware.motion.pi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
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
 * PI GCS 2.0: lines of ASCII, queries answered {@code axis=value}, settings not answered, so that {@code ERR?} follows each.
 * Positions are millimetres or degrees. Stop is {@code HLT}; emergency stop is the single byte 24, which controllers obey
 * between lines.
 */
public final class PiGcs implements MotionController {
    private static final Duration REPLY = Duration.ofMillis(500);
    private static final String LOWER_LIMIT = "0x30"; // parameter "range limit min"
    private static final String UPPER_LIMIT = "0x15"; // parameter "range limit max"
    private static final int OUT_OF_LIMITS = 7;
    private static final int STOPPED = 10;
    private static final int NOT_REFERENCED = 5;
    private static final int ON_LIMIT_SWITCH = 216;
    private static final int MOTION_ERROR = -1024;

    private final ControllerLink link;
    private final List<String> axes = new ArrayList<>();
    private int[] motionBits = {};

    /**
     * A controller on a line.
     *
     * @param transport 115200 baud, or TCP port 50000
     * @param settings axis names are the controller's, usually 1, 2, ...
     */
    public PiGcs(ByteTransport transport, StageSettings settings) {
        for (AxisSettings a : settings.axes()) {
            if (!a.controllerAxis().matches("[0-9A-Za-z_-]{1,16}")) {
                throw new IllegalArgumentException("PI axis '" + a.controllerAxis() + "', expected such as 1 or X");
            }
            axes.add(a.controllerAxis());
        }
        this.link = new ControllerLink(transport, REPLY);
    }

    @Override
    public String connect() {
        link.discardInput(Duration.ofMillis(50));
        String identity = ask("*IDN?");
        error(); // an old error is not ours
        List<String> all = new ArrayList<>();
        long deadline = System.nanoTime();
        link.send("SAI?\n");
        String line;
        do { // every line but the last ends with a blank
            line = link.readLine(deadline + REPLY.toNanos());
            all.add(line.strip());
        } while (line.endsWith(" ") && all.size() < 64);
        motionBits = axes.stream().mapToInt(all::indexOf).toArray();
        if (Arrays.stream(motionBits).anyMatch(i -> i < 0)) {
            throw new IllegalArgumentException("PI controller has the axes " + all + ", settings ask for " + axes);
        }
        servosOn();
        return "PI GCS: " + identity;
    }

    private void servosOn() {
        for (String axis : axes) {
            set("SVO " + axis + " 1");
        }
    }

    @Override
    public Optional<ControllerRange> guard(int axis, ControllerRange range) {
        String a = axes.get(axis);
        set("SPA " + a + " " + LOWER_LIMIT + " " + number(range.lower()));
        set("SPA " + a + " " + UPPER_LIMIT + " " + number(range.upper()));
        return Optional.of(new ControllerRange(value(ask("TMN? " + a), a), value(ask("TMX? " + a), a)));
    }

    @Override
    public List<AxisReading> read() {
        int moving = motionStatus();
        int error = error();
        double[] positions = values("POS?");
        double[] referenced = values("FRF?");
        double[] servo = error == MOTION_ERROR ? values("SVO?") : null;
        List<AxisReading> all = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            Optional<MotionFault> fault = Optional.empty();
            if (error == MOTION_ERROR && servo[i] == 0) {
                fault = Optional.of(new MotionFault(
                        Kind.STALL,
                        i,
                        "axis " + axes.get(i)
                                + " was switched off for a position error (-1024); look for an obstacle"));
            } else if (error == ON_LIMIT_SWITCH) {
                fault = Optional.of(new MotionFault(Kind.LIMIT_SWITCH, i, "an axis is on its limit switch (216)"));
            }
            all.add(new AxisReading(positions[i], (moving >> motionBits[i] & 1) != 0, referenced[i] == 1, fault));
        }
        return all;
    }

    @Override
    public boolean homesTogether() {
        return false;
    }

    @Override
    public void home(int axis, MotionPermit permit) {
        set("RON " + axes.get(axis) + " 1");
        move("FRF " + axes.get(axis), axis, permit);
    }

    @Override
    public void move(double[] targets, double[] speeds, MotionPermit permit) {
        StringBuilder command = new StringBuilder("MOV");
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                set("VEL " + axes.get(i) + " " + number(speeds[i]));
                command.append(' ').append(axes.get(i)).append(' ').append(number(targets[i]));
            }
        }
        move(command.toString(), -1, permit);
    }

    @Override
    public void jog(int axis, double distance, double speed, MotionPermit permit) {
        String a = axes.get(axis);
        if (value(ask("FRF? " + a), a) != 1) {
            set("RON " + a + " 0"); // otherwise even relative moves need a reference; home() takes it back
        }
        set("VEL " + a + " " + number(speed));
        move("MVR " + a + " " + number(distance), axis, permit);
    }

    @Override
    public void stop() {
        link.send("HLT\n");
    }

    @Override
    public void emergencyStop() {
        link.send(new byte[] {24});
    }

    @Override
    public void reset() {
        link.discardInput(Duration.ofMillis(100));
        error();
        servosOn();
    }

    @Override
    public void close() {
        link.close();
    }

    // ---- exchanges ----

    private void move(String command, int axis, MotionPermit permit) {
        link.send(command + "\n", permit);
        require(command, axis, error());
    }

    private void set(String command) {
        link.send(command + "\n");
        require(command, -1, error());
    }

    private void require(String command, int axis, int error) {
        Kind kind = switch (error) {
            case 0 -> null;
            case STOPPED -> null; // a stop that came before; its permit tells whom it was meant for
            case OUT_OF_LIMITS -> Kind.SOFT_LIMIT;
            case NOT_REFERENCED -> Kind.NOT_REFERENCED;
            case ON_LIMIT_SWITCH -> Kind.LIMIT_SWITCH;
            case MOTION_ERROR -> Kind.STALL;
            default -> Kind.CONTROLLER;
        };
        if (kind != null) {
            throw new MotionException(
                    link.name(),
                    new MotionFault(
                            kind, axis, "'" + command + "' was refused with error " + error + " (" + kind + ")"));
        }
    }

    private String ask(String query) {
        link.discardInput(Duration.ZERO); // a doubled or late reply must not answer this question
        link.send(query + "\n");
        return link.readLine(link.replyDeadline()).strip();
    }

    private int error() {
        String reply = ask("ERR?");
        if (!reply.matches("-?[0-9]{1,6}")) {
            throw link.protocol("answered ERR? with '" + reply + "', expected a number");
        }
        return Integer.parseInt(reply);
    }

    private int motionStatus() {
        link.discardInput(Duration.ZERO);
        link.send(new byte[] {5});
        String reply = link.readLine(link.replyDeadline()).strip();
        if (!reply.matches("[0-9A-Fa-f]{1,4}")) {
            throw link.protocol("answered the motion status with '" + reply + "', expected hexadecimal digits");
        }
        return Integer.parseInt(reply, 16);
    }

    private double[] values(String query) {
        link.discardInput(Duration.ZERO);
        link.send(query + " " + axes.stream().collect(Collectors.joining(" ")) + "\n");
        long deadline = link.replyDeadline();
        double[] all = new double[axes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = value(link.readLine(deadline).strip(), axes.get(i));
        }
        return all;
    }

    private double value(String reply, String axis) {
        if (!reply.startsWith(axis + "=") || !reply.substring(axis.length() + 1).matches("[-+0-9.eE]{1,24}")) {
            throw link.protocol("answered '" + reply + "', expected " + axis + "=number");
        }
        try {
            double v = Double.parseDouble(reply.substring(axis.length() + 1));
            if (Double.isFinite(v)) {
                return v;
            }
        } catch (NumberFormatException e) {
            throw link.protocol("answered '" + reply + "', expected " + axis + "=number");
        }
        throw link.protocol("answered '" + reply + "', which is no finite number");
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.6f", v);
    }
}
