package org.fus.hardware.motion.zaber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fus.hardware.motion.ControllerSimulator;
import org.fus.hardware.motion.MotionStageConformance;
import org.fus.hardware.motion.StageRig;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.MemoryTransport;
import org.junit.jupiter.api.Test;

class ZaberAsciiTest extends MotionStageConformance {
    @Override
    protected double unitsPerMetre() {
        return 1 / 0.047625e-6; // microsteps of an X-LSM
    }

    @Override
    protected List<String> controllerAxes() {
        return List.of("1", "2.1", "2.2");
    }

    @Override
    protected StageRig rig(StageSettings settings) {
        List<KinematicAxis> axes =
                settings.axes().stream().map(StageRig::fastAxis).toList();
        MemoryTransport.Pair line = MemoryTransport.pair("zaber");
        Simulator simulator = new Simulator(line.b(), axes);
        simulator.start();
        return new StageRig(new ZaberAscii(line.a(), settings), axes, simulator.replies(), true, null, simulator);
    }

    @Test
    void checksum_bringsTheSumToZero() {
        // the protocol manual's example: /01 tools echo:1F ... the sum of all bytes and the checksum is a multiple of
        // 256
        String text = "/1 0 12 get pos";
        String sum = ZaberAscii.checksum(text, 1);
        int total = text.chars().skip(1).sum() + Integer.parseInt(sum, 16);
        assertThat(total % 256).isZero();
        assertThat(sum).hasSize(2);
    }

    @Test
    void parse_acceptsOnlyWholeRepliesWithTheRightSum() {
        String body = "@01 1 07 OK IDLE -- 12345";
        String good = body + ":" + ZaberAscii.checksum(body, 1);
        assertThat(ZaberReply.parse(good)).isPresent();
        assertThat(ZaberReply.parse(good).orElseThrow().data()).isEqualTo("12345");
        for (int i = 0; i < good.length(); i++) {
            for (int bit = 0; bit < 8; bit++) {
                char[] bad = good.toCharArray();
                bad[i] ^= (char) (1 << bit);
                assertThat(ZaberReply.parse(new String(bad)))
                        .as(new String(bad))
                        .isEmpty();
            }
            assertThat(ZaberReply.parse(good.substring(0, i))).isEmpty();
        }
        assertThat(ZaberReply.parse(body)).as("no checksum").isEmpty();
    }

    @Test
    void address_wrong_isNamed() {
        assertThatThrownBy(() -> ZaberAddress.parse("x")).hasMessageContaining("'x'");
        assertThat(ZaberAddress.parse("12.3")).isEqualTo(new ZaberAddress(12, 3));
    }

    /** From the ASCII protocol manual: device 1 has one axis, device 2 two. */
    static final class Simulator extends ControllerSimulator {
        private final double[][] limits = new double[3][2];
        private final double[] speeds = {1e9, 1e9, 1e9};
        private final boolean[] stallTold = new boolean[3];

        Simulator(ByteTransport line, List<KinematicAxis> axes) {
            super(line, axes);
            for (double[] l : limits) {
                l[0] = -1e9;
                l[1] = 1e9;
            }
        }

        @Override
        protected void command(String raw) {
            int colon = raw.lastIndexOf(':');
            String text = colon < 0 ? raw : raw.substring(0, colon);
            if (!text.startsWith("/")
                    || (colon >= 0 && !ZaberAscii.checksum(text, 1).equals(raw.substring(colon + 1)))) {
                return; // a device ignores what is damaged
            }
            String[] w = text.substring(1).split(" ", -1);
            int device = Integer.parseInt(w[0]);
            int axis = Integer.parseInt(w[1]);
            boolean numbered = w[2].matches("[0-9]+");
            String id = numbered ? w[2] : "";
            String[] c = java.util.Arrays.copyOfRange(w, numbered ? 3 : 2, w.length);
            if (device == 0) {
                axes.forEach(c[0].equals("estop") ? KinematicAxis::cut : KinematicAxis::stop);
                answer(1, 0, "", "OK", 0, "0");
                if (axes.size() > 1) {
                    answer(2, 0, "", "OK", 1, "0");
                }
                return;
            }
            int i = device == 1 ? 0 : Math.max(axis, 1);
            String data = "0";
            String flag = "OK";
            KinematicAxis a = axes.get(i);
            switch (c[0] + (c[0].equals("get") || c[0].equals("set") || c[0].equals("move") ? " " + c[1] : "")) {
                case "get deviceid" -> data = "50419";
                case "get version" -> data = "7.33";
                case "get pos" -> data = Long.toString(Math.round(a.count()));
                case "get limit.min" -> data = Long.toString(Math.round(limits[i][0]));
                case "get limit.max" -> data = Long.toString(Math.round(limits[i][1]));
                case "set limit.min" -> limits[i][0] = Double.parseDouble(c[2]);
                case "set limit.max" -> limits[i][1] = Double.parseDouble(c[2]);
                case "set maxspeed" -> speeds[i] = Double.parseDouble(c[2]) / 1.6384;
                case "set comm.checksum", "warnings" -> stallTold[i] |= c[0].equals("warnings");
                case "home" -> a.home();
                case "move abs" -> {
                    double to = Double.parseDouble(c[2]);
                    if (!a.referenced() || to < limits[i][0] || to > limits[i][1]) {
                        flag = "RJ";
                        data = "BADDATA";
                    } else {
                        stallTold[i] = false;
                        a.moveTo(to, speeds[i]);
                    }
                }
                case "move rel" -> a.moveBy(Double.parseDouble(c[2]), speeds[i]);
                default -> {
                    flag = "RJ";
                    data = "BADCOMMAND";
                }
            }
            answer(device, axis, id, flag, i, data);
        }

        private void answer(int device, int axis, String id, String flag, int i, String data) {
            KinematicAxis a = axes.get(i);
            String warning = a.stalled() && !stallTold[i] ? "FS" : a.switchHit() ? "WL" : a.referenced() ? "--" : "WR";
            String body = String.format(
                    java.util.Locale.ROOT,
                    "@%02d %d %s%s %s %s %s",
                    device,
                    axis,
                    id.isEmpty() ? "" : String.format(java.util.Locale.ROOT, "%02d ", Integer.parseInt(id)),
                    flag,
                    a.moving() ? "BUSY" : "IDLE",
                    warning,
                    data);
            reply(body + ":" + ZaberAscii.checksum(body, 1) + "\r\n");
        }
    }
}
