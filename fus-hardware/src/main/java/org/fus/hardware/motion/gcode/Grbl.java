package org.fus.hardware.motion.gcode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.hardware.motion.AxisReading;
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
 * GRBL 1.1. Positions are millimetres in machine coordinates, which run from {@code -travel} to 0. Moves are sent as
 * {@code $J=G53}: a jog is checked against the soft limits before it starts, runs only when GRBL is idle, and can be
 * cancelled with one byte that leaves nothing queued. Emergency stop is the soft reset.
 */
public final class Grbl implements MotionController {
    private static final Duration REPLY = Duration.ofMillis(500);
    private static final byte STATUS = '?';
    private static final byte JOG_CANCEL = (byte) 0x85;
    private static final byte SOFT_RESET = 0x18;
    private static final Pattern REPORT = Pattern.compile(
            "<(Idle|Run|Hold|Jog|Alarm|Door|Check|Home|Sleep)(?::[0-9])?\\|MPos:([-0-9.,]{5,60})(\\|[^>]*)?>");
    private static final Pattern SETTING = Pattern.compile("\\$([0-9]{1,3})=([-0-9.]{1,16})");

    private final ControllerLink link;
    private final List<String> letters;
    private final int[] columns;
    private volatile boolean homing;
    private volatile boolean restartExpected;
    private boolean homed;
    private boolean critical; // an alarm that only a reset ends
    private Optional<MotionFault> fault = Optional.empty();

    /**
     * A controller on a line.
     *
     * @param transport 115200 baud
     * @param settings axis names are X, Y, Z
     */
    public Grbl(ByteTransport transport, StageSettings settings) {
        this.letters = GcodeText.letters(settings, "XYZ");
        this.columns = letters.stream().mapToInt("XYZ"::indexOf).toArray();
        this.link = new ControllerLink(transport, REPLY);
    }

    @Override
    public String connect() {
        link.discardInput(
                Duration.ofMillis(100)); // opening the port restarts most boards; their greeting is not for us
        List<String> info = ask("$I");
        String version =
                info.stream().filter(s -> s.startsWith("[VER:")).findFirst().orElse("");
        if (!version.startsWith("[VER:1.1")) {
            throw link.protocol("answered '" + String.join(" ", info) + "', expected [VER:1.1...]; GRBL 1.1 is needed");
        }
        write(22, 1); // homing first: soft limits are refused without it
        write(20, 1);
        write(10, 1); // machine positions in status reports
        return "GRBL " + version;
    }

    @Override
    public Optional<ControllerRange> guard(int axis, ControllerRange range) {
        if (range.upper() > 0) {
            throw new IllegalArgumentException("axis " + letters.get(axis) + ": upper limit at " + range.upper()
                    + " mm, but GRBL counts from -travel to 0; mend origin and sign");
        }
        double got = write(130 + columns[axis], -range.lower());
        return Optional.of(new ControllerRange(-got, 0));
    }

    /** Writes a setting only when it differs (the memory behind it wears), and reads it back. */
    private double write(int setting, double value) {
        Double before = settings().get(setting);
        if (before == null || Math.abs(before - value) > 5e-4) {
            ask("$" + setting + "="
                    + (value == Math.rint(value) ? Long.toString((long) value) : GcodeText.number(value)));
            before = settings().get(setting);
        }
        if (before == null || Math.abs(before - value) > 5e-4) {
            throw link.protocol("setting $" + setting + " is " + before + ", expected " + value + " as written");
        }
        return before;
    }

    private Map<Integer, Double> settings() {
        Map<Integer, Double> all = new TreeMap<>();
        for (String line : ask("$$")) {
            Matcher m = SETTING.matcher(line);
            if (m.matches()) {
                all.put(Integer.parseInt(m.group(1)), number(m.group(2)));
            }
        }
        return all;
    }

    @Override
    public List<AxisReading> read() {
        link.send(new byte[] {STATUS});
        long deadline = link.replyDeadline();
        while (true) {
            String line = link.readLine(deadline);
            if (!line.startsWith("<")) {
                absorb(line);
                continue;
            }
            Matcher m = REPORT.matcher(line);
            String[] position = m.matches() ? m.group(2).split(",", -1) : new String[0];
            if (position.length < 3) {
                throw link.protocol("sent the status '" + line + "', expected <State|MPos:x,y,z|...>");
            }
            return readings(m.group(1), position);
        }
    }

    private List<AxisReading> readings(String state, String[] position) {
        boolean moving = state.equals("Run") || state.equals("Jog") || state.equals("Home") || homing;
        if (state.equals("Alarm") && !homing) {
            homed = false;
        }
        List<AxisReading> all = new ArrayList<>();
        for (int column : columns) {
            all.add(new AxisReading(number(position[column]), moving, homed, fault));
        }
        return all;
    }

    /** A line that nobody waits for. */
    private void absorb(String line) {
        if (line.startsWith("ALARM:")) {
            homed = false;
            homing = false;
            fault = Optional.of(alarm(line));
            critical = line.equals("ALARM:1") || line.equals("ALARM:2");
        } else if (line.startsWith("Grbl ")) {
            homed = false;
            homing = false;
            critical = false;
            if (!restartExpected) {
                throw new MotionException(
                        link.name(),
                        MotionFault.of(Kind.CONTROLLER_RESTARTED, "GRBL has restarted; home the stage again"));
            }
            restartExpected = false;
        } else if (homing && line.equals("ok")) {
            homing = false;
            homed = true;
        } else if (line.startsWith("error:") && homing) {
            homing = false;
            fault = Optional.of(MotionFault.of(Kind.CONTROLLER, "homing was refused with " + line));
        }
    }

    private static MotionFault alarm(String line) {
        Kind kind = switch (line) {
            case "ALARM:1" -> Kind.LIMIT_SWITCH;
            case "ALARM:2" -> Kind.SOFT_LIMIT;
            case "ALARM:6", "ALARM:7", "ALARM:8", "ALARM:9" -> Kind.STALL;
            default -> Kind.CONTROLLER;
        };
        return MotionFault.of(kind, "GRBL reports " + line + " (" + kind + "); its position may be lost, home again");
    }

    @Override
    public boolean homesTogether() {
        return true;
    }

    @Override
    public void home(int axis, MotionPermit permit) {
        leaveAlarm();
        homed = false;
        homing = true; // before the command, so that a stop knows
        try {
            link.send("$H\n", permit);
        } catch (RuntimeException e) {
            homing = false;
            throw e;
        }
    }

    @Override
    public void move(double[] targets, double[] speeds, MotionPermit permit) {
        start("$J=G53 G90 G21 " + GcodeText.words(letters, targets, speeds), permit);
    }

    @Override
    public void jog(int axis, double distance, double speed, MotionPermit permit) {
        if (!homed) {
            leaveAlarm();
            ask("$X"); // with homing enabled GRBL starts locked; the operator's confirmation opens it
        }
        start(
                "$J=G91 G21 " + letters.get(axis) + GcodeText.number(distance) + " F" + GcodeText.number(speed * 60),
                permit);
    }

    private void start(String command, MotionPermit permit) {
        fault = Optional.empty();
        link.discardInput(Duration.ZERO);
        link.send(command + "\n", permit);
        awaitOk(command);
    }

    private void leaveAlarm() {
        fault = Optional.empty();
        if (critical) {
            critical = false;
            restartExpected = true;
            link.send(new byte[] {SOFT_RESET});
            link.discardInput(Duration.ofMillis(200));
            restartExpected = false;
        }
    }

    @Override
    public void stop() {
        // a jog cancel does nothing while homing; a reset ends it, and there is no position to lose
        if (homing) {
            emergencyStop();
        } else {
            link.send(new byte[] {JOG_CANCEL});
        }
    }

    @Override
    public void emergencyStop() {
        restartExpected = true;
        link.send(new byte[] {SOFT_RESET});
    }

    @Override
    public void reset() {
        link.discardInput(Duration.ofMillis(200));
        restartExpected = false;
        homing = false;
        homed = false; // steps may be lost in a hard stop, and GRBL cannot tell
        leaveAlarm();
    }

    @Override
    public void close() {
        link.close();
    }

    private List<String> ask(String command) {
        link.discardInput(Duration.ZERO);
        link.send(command + "\n");
        return awaitOk(command);
    }

    private List<String> awaitOk(String command) {
        List<String> lines = new ArrayList<>();
        long deadline = link.replyDeadline();
        while (lines.size() < 200) {
            String line = link.readLine(deadline);
            if (line.equals("ok")) {
                return lines;
            }
            if (line.matches("error:[0-9]{1,3}")) {
                Kind kind = line.equals("error:15") ? Kind.SOFT_LIMIT : Kind.CONTROLLER;
                throw new MotionException(
                        link.name(), MotionFault.of(kind, "'" + command + "' was refused with " + line));
            }
            absorb(line);
            lines.add(line);
        }
        throw link.protocol("sent 200 lines without ok");
    }

    private double number(String text) {
        try {
            double v = Double.parseDouble(text);
            if (Double.isFinite(v)) {
                return v;
            }
        } catch (NumberFormatException e) {
            throw link.protocol("sent '" + text + "', expected a number");
        }
        throw link.protocol("sent '" + text + "', which is no finite number");
    }
}
