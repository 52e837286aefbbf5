package org.fus.hardware.motion.pi;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fus.hardware.motion.ControllerSimulator;
import org.fus.hardware.motion.MotionStageConformance;
import org.fus.hardware.motion.StageRig;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.MemoryTransport;

class PiGcsTest extends MotionStageConformance {
    @Override
    protected double unitsPerMetre() {
        return 1000;
    }

    @Override
    protected List<String> controllerAxes() {
        return List.of("1", "3", "2"); // not in the controller's order
    }

    @Override
    protected StageRig rig(StageSettings settings) {
        List<KinematicAxis> axes =
                settings.axes().stream().map(StageRig::fastAxis).toList();
        MemoryTransport.Pair line = MemoryTransport.pair("pi");
        Simulator simulator = new Simulator(line.b(), List.of(axes.get(0), axes.get(2), axes.get(1)));
        simulator.start();
        return new StageRig(new PiGcs(line.a(), settings), axes, simulator.replies(), true, null, simulator);
    }

    /** From the GCS 2.0 command reference of a C-884: axes 1, 2, 3 and an unused 4. */
    static final class Simulator extends ControllerSimulator {
        private final double[] low = {-100, -100, -100};
        private final double[] high = {100, 100, 100};
        private final double[] speed = {10, 10, 10};
        private final boolean[] servo = new boolean[3];
        private final boolean[] referenceMode = {true, true, true};
        private final boolean[] stallTold = new boolean[3];
        private int error;

        Simulator(ByteTransport line, List<KinematicAxis> axes) {
            super(line, axes);
        }

        @Override
        protected void received(byte b) {
            switch (b) {
                case 5 -> {
                    int bits = 0;
                    for (int i = 0; i < 3; i++) {
                        bits |= axes.get(i).moving() ? 1 << i : 0;
                    }
                    reply(Integer.toHexString(bits) + "\n");
                }
                case 24 -> {
                    axes.forEach(KinematicAxis::cut);
                    error = 10;
                }
                default -> super.received(b);
            }
        }

        @Override
        protected void command(String line) {
            String[] w = line.split(" ", -1);
            switch (w[0]) {
                case "*IDN?" -> reply("(c)2015 Physik Instrumente (PI) GmbH & Co. KG, C-884.4DB, 115009999, 1.2.0.2\n");
                case "ERR?" -> {
                    for (int i = 0; i < 3; i++) {
                        if (axes.get(i).stalled() && !stallTold[i]) {
                            stallTold[i] = true;
                            servo[i] = false;
                            error = -1024;
                        } else if (axes.get(i).switchHit()) {
                            error = 216;
                        }
                    }
                    reply(error + "\n");
                    error = 0;
                }
                case "SAI?" -> reply("1 \n2 \n3 \n4\n");
                case "POS?" ->
                    answer(
                            w,
                            i -> String.format(Locale.ROOT, "%.5f", axes.get(i).count()));
                case "FRF?" -> answer(w, i -> axes.get(i).referenced() ? "1" : "0");
                case "SVO?" -> answer(w, i -> servo[i] ? "1" : "0");
                case "TMN?" -> answer(w, i -> Double.toString(low[i]));
                case "TMX?" -> answer(w, i -> Double.toString(high[i]));
                case "SVO" -> servo[axis(w[1])] = w[2].equals("1");
                case "RON" -> referenceMode[axis(w[1])] = w[2].equals("1");
                case "VEL" -> speed[axis(w[1])] = Double.parseDouble(w[2]);
                case "SPA" -> (w[2].equals("0x30") ? low : high)[axis(w[1])] = Double.parseDouble(w[3]);
                case "HLT" -> {
                    axes.forEach(KinematicAxis::stop);
                    error = 10;
                }
                case "FRF" -> {
                    int i = axis(w[1]);
                    if (servo[i] && referenceMode[i]) {
                        axes.get(i).home();
                    } else {
                        error = 5;
                    }
                }
                case "MOV" -> moveAll(w);
                case "MVR" -> {
                    int i = axis(w[1]);
                    KinematicAxis a = axes.get(i);
                    if (!servo[i] || (!a.referenced() && referenceMode[i])) {
                        error = 5;
                    } else {
                        a.moveBy(Double.parseDouble(w[2]), speed[i]);
                    }
                }
                default -> error = 2;
            }
        }

        private void moveAll(String[] w) {
            for (int k = 1; k < w.length; k += 2) {
                int i = axis(w[k]);
                double to = Double.parseDouble(w[k + 1]);
                if (!servo[i] || !axes.get(i).referenced()) {
                    error = 5;
                    return;
                }
                if (to < low[i] || to > high[i]) {
                    error = 7;
                    return;
                }
            }
            for (int k = 1; k < w.length; k += 2) {
                int i = axis(w[k]);
                stallTold[i] = false;
                axes.get(i).moveTo(Double.parseDouble(w[k + 1]), speed[i]);
            }
        }

        private static int axis(String name) {
            return Integer.parseInt(name) - 1;
        }

        private void answer(String[] w, java.util.function.IntFunction<String> value) {
            StringBuilder b = new StringBuilder();
            String[] asked = Arrays.copyOfRange(w, 1, w.length);
            for (int k = 0; k < asked.length; k++) {
                b.append(asked[k]).append('=').append(value.apply(axis(asked[k])));
                b.append(k < asked.length - 1 ? " \n" : "\n");
            }
            reply(b.toString());
        }
    }
}
