package org.fus.hardware.motion.gcode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * Marlin 2, in millimetres. Where the motors are is taken from the step counters of {@code M114}, since its plain
 * position is the planned one; the two differ while an axis moves. Marlin clips targets at its limits without a word, so
 * the driver compares them itself with what {@code M211} shows. Stopping at once needs a firmware built with
 * {@code EMERGENCY_PARSER}.
 */
public final class Marlin implements MotionController {
    private static final Duration REPLY = Duration.ofMillis(500);

    /** Marlin says {@code busy} every 2 s during long commands; so long without a word, it is gone. */
    private static final long BUSY_NS = 5_000_000_000L;

    /** Planned positions are printed to 0.01 mm. */
    private static final double PRINTED_MM = 0.006;

    private static final String NUMBER = "(-?[0-9]{1,9}(?:\\.[0-9]{1,6})?)";
    private static final Pattern POSITION = Pattern.compile("X:" + NUMBER + " Y:" + NUMBER + " Z:" + NUMBER + "(?: E:"
            + NUMBER + ")? Count X:\\s?" + NUMBER + " Y:\\s?" + NUMBER + " Z:\\s?" + NUMBER);
    private static final Pattern STEPS =
            Pattern.compile("(?:echo:)?\\s*M92 X" + NUMBER + " Y" + NUMBER + " Z" + NUMBER + ".*");
    private static final Pattern LIMITS = Pattern.compile(".*Min:\\s*X" + NUMBER + " Y" + NUMBER + " Z" + NUMBER
            + "\\s+Max:\\s*X" + NUMBER + " Y" + NUMBER + " Z" + NUMBER + ".*");

    private final ControllerLink link;
    private final List<String> letters;
    private final int[] columns;
    private final double[] stepsPerMm = new double[3];
    private final double[] lower = new double[3];
    private final double[] upper = new double[3];
    private final double[] last = new double[3];
    private final boolean[] homed = new boolean[3];
    private int homing = -1;
    private long heardNs;
    private volatile boolean halted;
    private Optional<MotionFault> fault = Optional.empty();

    /**
     * A controller on a line.
     *
     * @param transport 115200 or 250000 baud
     * @param settings axis names are X, Y, Z
     */
    public Marlin(ByteTransport transport, StageSettings settings) {
        this.letters = GcodeText.letters(settings, "XYZ");
        this.columns = letters.stream().mapToInt("XYZ"::indexOf).toArray();
        this.link = new ControllerLink(transport, REPLY);
    }

    @Override
    public String connect() {
        link.discardInput(Duration.ofMillis(100));
        String identity = ask("M115").stream()
                .filter(s -> s.contains("FIRMWARE_NAME:"))
                .findFirst()
                .orElseThrow(() -> link.protocol("answered M115 without FIRMWARE_NAME; Marlin is needed"));
        setUp();
        return "Marlin " + identity.substring(identity.indexOf(':') + 1);
    }

    private void setUp() {
        ask("G21");
        ask("G90");
        ask("M84 S0"); // motors stay on: an axis that is let go has lost its reference
        ask("M211 S1");
        double[] steps = match(ask("M92"), STEPS, "M92 X... Y... Z...");
        double[] limits = match(ask("M211"), LIMITS, "Min: X.. Y.. Z.. Max: X.. Y.. Z..");
        for (int i = 0; i < 3; i++) {
            if (!(steps[i] > 0)) {
                throw link.protocol("says " + steps[i] + " steps per mm, expected a positive number");
            }
            stepsPerMm[i] = steps[i];
            lower[i] = limits[i];
            upper[i] = limits[i + 3];
        }
    }

    private double[] match(List<String> lines, Pattern pattern, String expected) {
        for (String line : lines) {
            Matcher m = pattern.matcher(line);
            if (m.matches()) {
                double[] v = new double[m.groupCount()];
                for (int i = 0; i < v.length; i++) {
                    v[i] = m.group(i + 1) == null ? 0 : Double.parseDouble(m.group(i + 1));
                }
                return v;
            }
        }
        throw link.protocol("answered '" + String.join(" ", lines) + "', expected " + expected);
    }

    @Override
    public Optional<ControllerRange> guard(int axis, ControllerRange range) {
        int c = columns[axis]; // built into the firmware: read, not written
        return Optional.of(new ControllerRange(lower[c], upper[c]));
    }

    @Override
    public List<AxisReading> read() {
        if (homing >= 0 && stillHoming()) {
            return readings(true);
        }
        if (halted) { // it answers nothing until the reset
            absorbInput();
            return readings(false);
        }
        double[] v = match(ask("M114"), POSITION, "X:.. Y:.. Z:.. Count X:.. Y:.. Z:..");
        boolean moving = false;
        for (int i = 0; i < 3; i++) {
            last[i] = v[4 + i] / stepsPerMm[i];
            moving |= Math.abs(v[i] - last[i]) > PRINTED_MM + 1.5 / stepsPerMm[i];
        }
        return readings(moving);
    }

    private List<AxisReading> readings(boolean moving) {
        List<AxisReading> all = new ArrayList<>();
        for (int c : columns) {
            all.add(new AxisReading(last[c], moving, homed[c], fault));
        }
        return all;
    }

    /** While it homes, Marlin answers nothing; it says that it is busy, and ok at the end. */
    private boolean stillHoming() {
        while (homing >= 0 && link.hasInput()) {
            String line = link.readLine(link.replyDeadline());
            heardNs = System.nanoTime();
            if (line.equals("ok")) {
                homed[columns[homing]] = true;
                homing = -1;
                return false;
            }
            absorb(line);
        }
        if (homing >= 0 && System.nanoTime() - heardNs > BUSY_NS) {
            homing = -1;
            throw link.protocol("has been silent for " + BUSY_NS / 1_000_000_000 + " s while homing");
        }
        return homing >= 0;
    }

    private void absorb(String line) {
        if (line.startsWith("Error:")) {
            boolean wasHoming = homing >= 0;
            halted = true;
            forget();
            Kind kind = wasHoming ? Kind.STALL : Kind.CONTROLLER;
            fault = Optional.of(MotionFault.of(kind, "Marlin reports '" + line + "'; reset the stage, then home it"));
        } else if (line.startsWith("echo:endstops hit")) {
            fault = Optional.of(MotionFault.of(Kind.LIMIT_SWITCH, "Marlin reports '" + line + "'"));
        } else if (line.equals("start")) {
            forget();
            throw new MotionException(
                    link.name(),
                    MotionFault.of(Kind.CONTROLLER_RESTARTED, "Marlin has restarted; reset and home again"));
        }
    }

    private void forget() {
        homing = -1;
        Arrays.fill(homed, false);
    }

    @Override
    public boolean homesTogether() {
        return false;
    }

    @Override
    public void home(int axis, MotionPermit permit) {
        fault = Optional.empty();
        homed[columns[axis]] = false;
        link.discardInput(Duration.ZERO);
        link.send("G28 " + letters.get(axis) + "\n", permit);
        heardNs = System.nanoTime();
        homing = axis;
    }

    @Override
    public void move(double[] targets, double[] speeds, MotionPermit permit) {
        for (int i = 0; i < targets.length; i++) {
            int c = columns[i];
            if (targets[i] < lower[c] - 1e-6 || targets[i] > upper[c] + 1e-6) {
                throw new MotionException(
                        link.name(),
                        new MotionFault(
                                Kind.SOFT_LIMIT,
                                i,
                                "axis " + letters.get(i) + " to " + targets[i] + " mm, Marlin allows " + lower[c]
                                        + " to " + upper[c]));
            }
        }
        fault = Optional.empty();
        link.discardInput(Duration.ZERO);
        String command = "G1 " + GcodeText.words(letters, targets, speeds);
        link.send("G90\n" + command + "\n", permit);
        awaitOk("G90");
        awaitOk(command);
    }

    @Override
    public void jog(int axis, double distance, double speed, MotionPermit permit) {
        fault = Optional.empty();
        link.discardInput(Duration.ZERO);
        String command = "G1 " + letters.get(axis) + GcodeText.number(distance) + " F" + GcodeText.number(speed * 60);
        link.send("G91\n" + command + "\nG90\n", permit); // one write: no other command can come while it is relative
        awaitOk("G91");
        awaitOk(command);
        awaitOk("G90");
    }

    @Override
    public void stop() {
        link.send("M410\n");
    }

    @Override
    public void emergencyStop() {
        halted = true;
        link.send("M112\n");
    }

    @Override
    public void reset() {
        if (halted) {
            link.send("M999\n");
            halted = false;
        }
        link.discardInput(Duration.ofMillis(200));
        forget();
        fault = Optional.empty();
        setUp(); // the settings before may be gone with a restart
    }

    @Override
    public void close() {
        link.close();
    }

    /** What came in unasked: a restart, an endstop, or a reply that was late. */
    private void absorbInput() {
        for (int i = 0; i < 200 && link.hasInput(); i++) {
            absorb(link.readLine(link.replyDeadline()));
        }
    }

    private List<String> ask(String command) {
        absorbInput();
        link.send(command + "\n");
        return awaitOk(command);
    }

    private List<String> awaitOk(String command) {
        List<String> lines = new ArrayList<>();
        long deadline = link.replyDeadline();
        while (lines.size() < 200) {
            String line = link.readLine(deadline);
            if (line.equals("ok") || line.startsWith("ok ")) {
                return lines;
            }
            absorb(line);
            if (halted) {
                throw new MotionException(
                        link.name(),
                        fault.orElseGet(() -> MotionFault.of(Kind.EMERGENCY_STOP, "Marlin is halted; reset")));
            }
            lines.add(line);
        }
        throw link.protocol("sent 200 lines without ok after " + command);
    }
}
