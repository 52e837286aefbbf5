package org.fus.hardware.motion.linuxcnc;

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

class LinuxCncTest extends MotionStageConformance {
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
        MemoryTransport.Pair line = MemoryTransport.pair("linuxcnc");
        Simulator simulator = new Simulator(line.b(), axes);
        simulator.start();
        return new StageRig(new LinuxCnc(line.a(), settings), axes, simulator.replies(), true, null, simulator);
    }

    /** From the manual page of linuxcncrsh, and what the real one was seen to answer, line ends included. */
    static final class Simulator extends ControllerSimulator {
        private static final Pattern WORD = Pattern.compile("([XYZF])(-?[0-9.]+)");
        private boolean echo = true;
        private boolean verbose;
        private boolean estop = true;
        private boolean on;
        private String mode = "MANUAL";
        private String error = "OK";
        private boolean faultTold;

        Simulator(ByteTransport line, List<KinematicAxis> axes) {
            super(line, axes);
        }

        @Override
        protected void idle() {
            for (int i = 0; i < 3 && !faultTold; i++) {
                if (axes.get(i).stalled()) {
                    faultTold = true;
                    error = "joint " + i + " following error";
                } else if (axes.get(i).switchHit()) {
                    faultTold = true;
                    error = "joint " + i + " on limit switch error";
                }
            }
            if (faultTold && !error.equals("OK")) {
                axes.forEach(KinematicAxis::cut);
            }
        }

        @Override
        protected void command(String line) {
            if (line.isEmpty()) {
                return;
            }
            if (echo) {
                reply(line + "\r\n");
            }
            String[] w = line.split(" ", -1);
            switch (w[0]) {
                case "HELLO" -> reply("HELLO ACK EMCNETSVR 1.1\r\n");
                case "GET" -> get(w[1]);
                case "SET" -> {
                    boolean accepted = set(w, line);
                    if (verbose || !accepted) {
                        reply("SET " + w[1] + (accepted ? " ACK\n\r" : " NAK\n\r"));
                    }
                }
                default -> reply("NAK\r\n");
            }
        }

        private void get(String what) {
            switch (what) {
                case "ABS_ACT_POS" ->
                    reply(String.format(
                            Locale.ROOT,
                            "ABS_ACT_POS %.6f %.6f %.6f 0.000000 0.000000 0.000000\r\n",
                            axes.get(0).count(),
                            axes.get(1).count(),
                            axes.get(2).count()));
                case "JOINT_HOMED" -> {
                    StringBuilder b = new StringBuilder("JOINT_HOMED");
                    axes.forEach(a -> b.append(a.referenced() ? " YES" : " NO"));
                    reply(b + " NO NO NO\r\n");
                }
                case "ERROR" -> {
                    reply("ERROR " + error + "\r\n");
                    error = "OK";
                }
                default -> reply("GET NAK\r\n");
            }
        }

        private boolean set(String[] w, String line) {
            switch (w[1]) {
                case "ECHO" -> echo = w[2].equals("ON");
                case "VERBOSE" -> verbose = w[2].equals("ON");
                case "ENABLE", "SET_WAIT", "TELEOP_ENABLE" -> {}
                case "ESTOP" -> {
                    estop = w[2].equals("ON");
                    if (estop) {
                        on = false;
                        axes.forEach(KinematicAxis::cut);
                    }
                }
                case "MACHINE" -> on = !estop && w[2].equals("ON");
                case "MODE" -> mode = w[2];
                case "ABORT" -> axes.forEach(KinematicAxis::stop);
                case "HOME" -> {
                    faultTold = false;
                    if (on) {
                        axes.forEach(KinematicAxis::home);
                    }
                }
                case "JOG_INCR" -> {
                    faultTold = false;
                    if (!on || !mode.equals("MANUAL")) {
                        return false;
                    }
                    double speed = Double.parseDouble(w[3]) / 60;
                    axes.get(Integer.parseInt(w[2])).moveBy(Math.signum(speed) * Double.parseDouble(w[4]), speed);
                }
                case "MDI" -> mdi(line);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void mdi(String line) {
            faultTold = false;
            if (!on || !mode.equals("MDI")) {
                return;
            }
            if (!axes.stream().allMatch(KinematicAxis::referenced)) {
                error = "Can't issue MDI command when not homed";
                return;
            }
            double[] to = {Double.NaN, Double.NaN, Double.NaN};
            double feed = 0;
            Matcher m = WORD.matcher(line);
            while (m.find()) {
                double v = Double.parseDouble(m.group(2));
                if (m.group(1).equals("F")) {
                    feed = v / 60;
                } else {
                    to["XYZ".indexOf(m.group(1))] = v;
                }
            }
            for (int i = 0; i < 3; i++) {
                if (to[i] > 10.1 || to[i] < -10.1) {
                    error = "Linear move on line 0 would exceed " + "XYZ".charAt(i) + "'s positive limit";
                    return;
                }
            }
            for (int i = 0; i < 3; i++) {
                if (!Double.isNaN(to[i])) {
                    axes.get(i).moveTo(to[i], feed);
                }
            }
        }
    }
}
