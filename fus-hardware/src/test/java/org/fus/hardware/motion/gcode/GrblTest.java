package org.fus.hardware.motion.gcode;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.ControllerRange;
import org.fus.hardware.motion.ControllerSimulator;
import org.fus.hardware.motion.MotionStageConformance;
import org.fus.hardware.motion.StageRig;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.MemoryTransport;
import org.junit.jupiter.api.Test;

class GrblTest extends MotionStageConformance {
    @Override
    protected double unitsPerMetre() {
        return 1000;
    }

    @Override
    protected double originM() {
        return 10e-3; // machine coordinates run from -10 mm to 0
    }

    @Override
    protected List<String> controllerAxes() {
        return List.of("X", "Y", "Z");
    }

    @Override
    protected StageRig rig(StageSettings settings) {
        List<KinematicAxis> axes =
                settings.axes().stream().map(StageRig::fastAxis).toList();
        MemoryTransport.Pair line = MemoryTransport.pair("grbl");
        Simulator simulator = new Simulator(line.b(), axes);
        simulator.start();
        return new StageRig(
                new Grbl(line.a(), settings), axes, simulator.replies(), false, simulator::restart, simulator);
    }

    @Test
    void guard_positiveRange_isRefused() {
        StageSettings settings = StageSettings.of(AxisSettings.linear("x", "X").build());
        try (Grbl driver = new Grbl(MemoryTransport.pair("g").a(), settings)) {
            assertThatThrownBy(() -> driver.guard(0, new ControllerRange(0, 10)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-travel to 0");
        }
    }

    /** From the GRBL 1.1 wiki: real-time bytes, settings, jogs, alarms. Starts locked, as with homing enabled. */
    static final class Simulator extends ControllerSimulator {
        private static final Pattern WORD = Pattern.compile("([XYZFG])(-?[0-9.]+)");
        private final Map<Integer, Double> settings =
                new TreeMap<>(Map.of(10, 1.0, 20, 0.0, 22, 0.0, 130, 200.0, 131, 200.0, 132, 200.0));
        private boolean alarm = true;
        private boolean critical;
        private boolean homing;
        private boolean jogging;

        Simulator(ByteTransport line, List<KinematicAxis> axes) {
            super(line, axes);
        }

        void restart() {
            alarm = true;
            homing = false;
            reply("\r\nGrbl 1.1h ['$' for help]\r\n");
        }

        @Override
        protected void received(byte b) {
            switch (b & 0xff) {
                case '?' -> reply(status());
                case 0x85 -> {
                    if (jogging) {
                        axes.forEach(KinematicAxis::stop);
                    }
                }
                case 0x18 -> {
                    boolean moving = axes.stream().anyMatch(KinematicAxis::moving);
                    axes.forEach(KinematicAxis::cut);
                    if (moving) {
                        axes.forEach(KinematicAxis::forgetReference);
                        alarm = true;
                        reply("ALARM:3\r\n");
                    }
                    critical = false;
                    homing = false;
                    jogging = false;
                    reply("\r\nGrbl 1.1h ['$' for help]\r\n");
                }
                default -> super.received(b);
            }
        }

        private String status() {
            boolean moving = axes.stream().anyMatch(KinematicAxis::moving);
            String state = homing ? "Home" : alarm ? "Alarm" : moving ? "Jog" : "Idle";
            return String.format(
                    Locale.ROOT,
                    "<%s|MPos:%.3f,%.3f,%.3f|FS:0,0>\r\n",
                    state,
                    axes.get(0).count(),
                    axes.get(1).count(),
                    axes.get(2).count());
        }

        @Override
        protected void idle() {
            if (axes.stream().anyMatch(KinematicAxis::switchHit) && !critical) {
                axes.forEach(KinematicAxis::cut);
                critical = true;
                alarm = true;
                reply(homing ? "ALARM:9\r\n" : "ALARM:1\r\n[MSG:Reset to continue]\r\n");
                homing = false;
            }
            if (homing && axes.stream().allMatch(a -> a.referenced() && !a.moving())) {
                homing = false;
                alarm = false;
                reply("ok\r\n");
            }
        }

        @Override
        protected void command(String line) {
            if (critical || homing) {
                return; // GRBL executes nothing more until the reset, or the end of homing
            }
            if (line.equals("$I")) {
                reply("[VER:1.1h.20190830:]\r\n[OPT:V,15,128]\r\nok\r\n");
            } else if (line.equals("$$")) {
                StringBuilder b = new StringBuilder();
                settings.forEach((k, v) -> b.append(String.format(Locale.ROOT, "$%d=%.3f\r\n", k, v)));
                reply(b + "ok\r\n");
            } else if (line.equals("$X")) {
                alarm = false;
                reply("[MSG:Caution: Unlocked]\r\nok\r\n");
            } else if (line.equals("$H")) {
                homing = true;
                axes.forEach(KinematicAxis::home);
            } else if (line.startsWith("$J=")) {
                jog(line.substring(3));
            } else if (line.matches("\\$[0-9]+=.*")) {
                int equals = line.indexOf('=');
                int number = Integer.parseInt(line.substring(1, equals));
                if (number == 20 && settings.get(22) == 0) {
                    reply("error:10\r\n");
                    return;
                }
                settings.put(number, Double.parseDouble(line.substring(equals + 1)));
                reply("ok\r\n");
            } else {
                reply("error:20\r\n");
            }
        }

        private void jog(String line) {
            if (alarm) {
                reply("error:9\r\n");
                return;
            }
            double[] to = {Double.NaN, Double.NaN, Double.NaN};
            boolean relative = false;
            double feed = 0;
            Matcher m = WORD.matcher(line);
            while (m.find()) {
                double v = Double.parseDouble(m.group(2));
                switch (m.group(1)) {
                    case "F" -> feed = v / 60;
                    case "G" -> relative |= v == 91;
                    default -> to["XYZ".indexOf(m.group(1))] = v;
                }
            }
            boolean homed = axes.stream().allMatch(KinematicAxis::referenced);
            for (int i = 0; i < 3; i++) {
                to[i] += relative ? axes.get(i).count() : 0;
                // unlocked without homing, GRBL takes its power-up position for home: here the limits do not bite then
                if (homed && (to[i] > 0 || to[i] < -settings.get(130 + i))) {
                    reply("error:15\r\n");
                    return;
                }
            }
            jogging = true;
            for (int i = 0; i < 3; i++) {
                if (!Double.isNaN(to[i])) {
                    axes.get(i).moveTo(to[i], feed);
                }
            }
            reply("ok\r\n");
        }
    }
}
