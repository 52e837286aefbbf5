package org.fus.hardware.motion.linuxcnc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * LinuxCNC remote shell ({@code linuxcncrsh}). Positions are millimetres in machine coordinates. Its limits stand in its
 * own configuration and are not shown; a move beyond them is refused by LinuxCNC and comes back as a fault. The shell
 * has no word for "moving": an axis moves when its position differs from the reading before.
 */
public final class LinuxCnc implements MotionController {
    private static final Duration REPLY = Duration.ofSeconds(1);

    /** Between a command and the first movement LinuxCNC may change its mode, which takes up to so long. */
    private static final long START_NS = 600_000_000;

    /** Smaller than any step that an axis makes between two readings. */
    private static final double STILL_MM = 1e-5;

    private final ControllerLink link;
    private final String letters;
    private final int[] columns;
    private final double[] last;
    private long startedNs;
    private volatile boolean homing;
    private volatile boolean cut;
    private Optional<MotionFault> fault = Optional.empty();

    /**
     * A remote shell on a line.
     *
     * @param transport TCP port 5007
     * @param settings axis names are X, Y, Z, A, B, C
     */
    public LinuxCnc(ByteTransport transport, StageSettings settings) {
        StringBuilder b = new StringBuilder();
        for (AxisSettings a : settings.axes()) {
            if (a.controllerAxis().length() != 1 || !"XYZABC".contains(a.controllerAxis())) {
                throw new IllegalArgumentException(
                        "LinuxCNC axis '" + a.controllerAxis() + "', expected one letter of XYZABC");
            }
            b.append(a.controllerAxis());
        }
        this.letters = b.toString();
        this.columns = letters.chars().map("XYZABC"::indexOf).toArray();
        this.last = new double[columns.length];
        Arrays.fill(last, Double.NaN);
        this.link = new ControllerLink(transport, REPLY);
    }

    @Override
    public String connect() {
        link.discardInput(Duration.ofMillis(20));
        link.send("HELLO EMC fus 1.0\r\n");
        String hello = awaitLine("HELLO ");
        if (hello.startsWith("HELLO EMC")) { // some versions echo what they hear
            hello = awaitLine("HELLO ");
        }
        if (!hello.startsWith("HELLO ACK")) {
            throw link.protocol("answered '" + hello + "', expected HELLO ACK; check the connect password");
        }
        link.send("SET ECHO OFF\r\n");
        link.discardInput(Duration.ofMillis(100));
        link.send("SET VERBOSE ON\r\n"); // from here on every SET is answered
        link.discardInput(Duration.ofMillis(100));
        set("SET ENABLE EMCTOO");
        set("SET SET_WAIT RECEIVED");
        powerOn();
        return "LinuxCNC remote shell: " + hello.substring("HELLO ACK".length()).strip();
    }

    private void powerOn() {
        set("SET ESTOP OFF");
        set("SET MACHINE ON");
    }

    @Override
    public Optional<ControllerRange> guard(int axis, ControllerRange range) {
        return Optional.empty();
    }

    @Override
    public List<AxisReading> read() {
        String[] position = get("ABS_ACT_POS").split(" +", -1);
        String[] homed = get("JOINT_HOMED").split(" +", -1);
        noteErrors();
        int need = Arrays.stream(columns).max().orElse(0) + 1;
        if (position.length < need || homed.length < need) {
            throw link.protocol("shows " + position.length + " axes and " + homed.length + " joints, expected " + need);
        }
        boolean all = true;
        for (int c : columns) {
            all &= homed[c].equals("YES");
        }
        homing &= !all;
        boolean starting = startedNs != 0 && System.nanoTime() - startedNs < START_NS && fault.isEmpty() && !cut;
        List<AxisReading> readings = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            double p = number(position[columns[i]]);
            boolean moving = starting || homing || Math.abs(p - last[i]) > STILL_MM; // false for the first, NaN
            last[i] = p;
            readings.add(new AxisReading(p, moving, homed[columns[i]].equals("YES"), fault));
        }
        return readings;
    }

    /** Errors stand in a queue; each reading takes one. */
    private void noteErrors() {
        String error = get("ERROR");
        if (error.equals("OK") || error.isEmpty()) {
            return;
        }
        String lower = error.toLowerCase(Locale.ROOT);
        Kind kind = lower.contains("limit switch")
                ? Kind.LIMIT_SWITCH
                : lower.contains("following error")
                        ? Kind.STALL
                        : lower.contains("limit")
                                ? Kind.SOFT_LIMIT
                                : lower.contains("not homed") ? Kind.NOT_REFERENCED : Kind.CONTROLLER;
        homing = false;
        fault = Optional.of(MotionFault.of(kind, "LinuxCNC says: " + error));
    }

    @Override
    public boolean homesTogether() {
        return true;
    }

    @Override
    public void home(int axis, MotionPermit permit) {
        begin();
        set("SET MODE MANUAL");
        homing = true;
        start("SET HOME -1", permit);
    }

    @Override
    public void move(double[] targets, double[] speeds, MotionPermit permit) {
        begin();
        set("SET MODE MDI");
        start("SET MDI G53 G21 G90 G1" + words(targets, speeds), permit);
    }

    @Override
    public void jog(int axis, double distance, double speed, MotionPermit permit) {
        begin();
        set("SET MODE MANUAL");
        set("SET TELEOP_ENABLE OFF"); // joints by number, with and without references
        // joint and axis numbers agree on the straightforward machines that carry probes; speed is per minute
        start(
                String.format(
                        Locale.ROOT,
                        "SET JOG_INCR %d %.4f %.5f",
                        columns[axis],
                        Math.signum(distance) * speed * 60,
                        Math.abs(distance)),
                permit);
    }

    private void begin() {
        for (int i = 0; i < 20; i++) { // errors of the motion before stand in a queue
            if (get("ERROR").equals("OK")) {
                break;
            }
        }
        fault = Optional.empty();
        link.discardInput(Duration.ZERO);
    }

    private void start(String command, MotionPermit permit) {
        link.send(command + "\r\n", permit);
        startedNs = System.nanoTime();
        try {
            accept(command);
        } catch (MotionException e) {
            homing = false;
            throw e;
        }
    }

    private String words(double[] targets, double[] speeds) {
        StringBuilder b = new StringBuilder();
        double feed = Double.POSITIVE_INFINITY;
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                b.append(String.format(Locale.ROOT, " %c%.5f", letters.charAt(i), targets[i]));
                feed = Math.min(feed, speeds[i] * 60);
            }
        }
        return b + String.format(Locale.ROOT, " F%.3f", feed);
    }

    @Override
    public void stop() {
        homing = false;
        startedNs = 0;
        link.send("SET ABORT\r\n");
    }

    @Override
    public void emergencyStop() {
        cut = true;
        homing = false;
        link.send("SET ESTOP ON\r\n");
    }

    @Override
    public void reset() {
        link.discardInput(Duration.ofMillis(200));
        fault = Optional.empty();
        powerOn();
        cut = false;
    }

    @Override
    public void close() {
        link.close();
    }

    // ---- exchanges ----

    private void set(String command) {
        link.send(command + "\r\n");
        accept(command);
    }

    private void accept(String command) {
        String what = command.split(" ", -1)[1];
        String reply = awaitLine("SET " + what + " ");
        if (!reply.endsWith("ACK")) {
            throw new MotionException(
                    link.name(), MotionFault.of(Kind.CONTROLLER, "'" + command + "' was refused: " + reply));
        }
    }

    private String get(String what) {
        link.discardInput(Duration.ZERO);
        link.send("GET " + what + "\r\n");
        return awaitLine(what + " ").substring(what.length()).strip();
    }

    /** The next line that answers; those that answer an abort or an emergency stop of another thread are passed over. */
    private String awaitLine(String prefix) {
        long deadline = link.replyDeadline();
        while (true) {
            String line = link.readLine(deadline).strip() + " ";
            if (line.startsWith(prefix)) {
                return line.strip();
            }
            if (System.nanoTime() - deadline > 0) {
                throw link.protocol("answered without '" + prefix.strip() + "'");
            }
        }
    }

    private double number(String text) {
        if (text.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return Double.parseDouble(text);
        }
        throw link.protocol("shows the position '" + text + "', expected a number");
    }
}
