package org.fus.hardware.motion.gcode;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.hardware.motion.ControllerSimulator;
import org.fus.hardware.motion.MotionStageConformance;
import org.fus.hardware.motion.StageRig;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.MemoryTransport;

class MarlinTest extends MotionStageConformance {
    @Override
    protected double unitsPerMetre() {
        return 1000;
    }

    @Override
    protected List<String> controllerAxes() {
        return List.of("X", "Y", "Z");
    }

    @Override
    protected StageRig rig(StageSettings settings) {
        List<KinematicAxis> axes =
                settings.axes().stream().map(StageRig::fastAxis).toList();
        MemoryTransport.Pair line = MemoryTransport.pair("marlin");
        Simulator simulator = new Simulator(line.b(), axes);
        simulator.start();
        return new StageRig(
                new Marlin(line.a(), settings), axes, simulator.replies(), false, simulator::restart, simulator);
    }

    /** From the Marlin 2 G-code reference, built with EMERGENCY_PARSER and ABORT_ON_ENDSTOP_HIT. */
    static final class Simulator extends ControllerSimulator {
        private static final Pattern WORD = Pattern.compile("([XYZF])(-?[0-9.]+)");
        private static final double STEPS = 1600;
        private static final String SOFT_ENDSTOPS = """
            echo:Soft endstops: On  Min:  X0.00 Y0.00 Z0.00   Max:  X10.00 Y10.00 Z10.00
            ok
            """;
        private final double[] planned = new double[3];
        private boolean relative;
        private double feed = 10;
        private int homing = -1;
        private boolean killed;
        private boolean endstopTold;
        private long busyNs;

        Simulator(ByteTransport line, List<KinematicAxis> axes) {
            super(line, axes);
        }

        void restart() {
            reply("start\necho:Marlin 2.1.2.4\n");
        }

        @Override
        protected void idle() {
            if (homing >= 0) {
                KinematicAxis a = axes.get(homing);
                if (a.switchHit()) {
                    killed = true;
                    homing = -1;
                    reply("Error:Homing Failed\nError:Printer halted. kill() called!\n");
                } else if (a.referenced() && !a.moving()) {
                    planned[homing] = a.count();
                    homing = -1;
                    reply("ok\n");
                } else if (System.nanoTime() - busyNs > 100_000_000) {
                    busyNs = System.nanoTime();
                    reply("echo:busy: processing\n");
                }
                return;
            }
            if (!endstopTold && axes.stream().anyMatch(KinematicAxis::switchHit)) {
                endstopTold = true;
                axes.forEach(KinematicAxis::cut);
                planNothing();
                reply("echo:endstops hit:  X:" + axes.getFirst().count() + "\n");
            }
        }

        private void planNothing() {
            for (int i = 0; i < 3; i++) {
                planned[i] = axes.get(i).count();
            }
        }

        @Override
        protected void command(String line) {
            String code = line.split(" ", -1)[0];
            switch (code) { // the emergency parser sees these first
                case "M112" -> {
                    killed = true;
                    homing = -1;
                    axes.forEach(KinematicAxis::cut);
                    axes.forEach(KinematicAxis::forgetReference);
                    reply("Error:Printer halted. kill() called!\n");
                    return;
                }
                case "M410" -> {
                    axes.forEach(KinematicAxis::stop);
                    stopping = true;
                    reply("ok\n");
                    return;
                }
                case "M999" -> {
                    killed = false;
                    relative = false;
                    planNothing();
                    reply("start\necho:Marlin 2.1.2.4\nok\n");
                    return;
                }
                default -> {}
            }
            if (killed || homing >= 0) {
                return;
            }
            switch (code) {
                case "M115" -> reply("FIRMWARE_NAME:Marlin 2.1.2.4 PROTOCOL_VERSION:1.0\nCap:EMERGENCY_PARSER:1\nok\n");
                case "M92" -> reply("echo: M92 X1600.00 Y1600.00 Z1600.00 E93.00\nok\n");
                case "M211" -> reply(line.equals("M211") ? SOFT_ENDSTOPS : "ok\n");
                case "G21", "M84" -> reply("ok\n");
                case "G90" -> {
                    relative = false;
                    reply("ok\n");
                }
                case "G91" -> {
                    relative = true;
                    reply("ok\n");
                }
                case "G28" -> {
                    homing = "XYZ".indexOf(line.charAt(4));
                    busyNs = System.nanoTime();
                    axes.get(homing).home();
                }
                case "G1" -> {
                    move(line);
                    reply("ok\n");
                }
                case "M114" -> reply(position());
                default -> reply("echo:Unknown command: \"" + line + "\"\nok\n");
            }
        }

        private boolean stopping;

        private void move(String line) {
            endstopTold = false;
            double[] to = {Double.NaN, Double.NaN, Double.NaN};
            Matcher m = WORD.matcher(line.substring(2));
            while (m.find()) {
                double v = Double.parseDouble(m.group(2));
                if (m.group(1).equals("F")) {
                    feed = v / 60;
                } else {
                    int i = "XYZ".indexOf(m.group(1));
                    to[i] = relative ? planned[i] + v : v;
                }
            }
            for (int i = 0; i < 3; i++) {
                if (!Double.isNaN(to[i])) {
                    planned[i] = axes.get(i).referenced() ? Math.clamp(to[i], 0, 10) : to[i]; // without a word
                    axes.get(i).moveTo(planned[i], feed);
                }
            }
        }

        private String position() {
            if (stopping && axes.stream().noneMatch(KinematicAxis::moving)) {
                stopping = false;
                planNothing();
            }
            StringBuilder b = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                b.append(String.format(Locale.ROOT, "%c:%.2f ", "XYZ".charAt(i), planned[i]));
            }
            b.append("E:0.00 Count");
            for (int i = 0; i < 3; i++) {
                b.append(String.format(
                        Locale.ROOT,
                        " %c:%d",
                        "XYZ".charAt(i),
                        Math.round(axes.get(i).count() * STEPS)));
            }
            return b + "\nok\n";
        }
    }
}
