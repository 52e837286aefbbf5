package org.fus.hardware.motion.apt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.ControllerSimulator;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.MotionStageConformance;
import org.fus.hardware.motion.StageRig;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.StageState;
import org.fus.hardware.motion.Stages;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.transport.ByteTransport;
import org.fus.hardware.transport.MemoryTransport;
import org.junit.jupiter.api.Test;

class ThorlabsAptTest extends MotionStageConformance {
    @Override
    protected double unitsPerMetre() {
        return 34_304_000; // counts of a Z825B
    }

    @Override
    protected List<String> controllerAxes() {
        return List.of("21", "22", "23");
    }

    @Override
    protected StageRig rig(StageSettings settings) {
        List<KinematicAxis> axes =
                settings.axes().stream().map(StageRig::fastAxis).toList();
        MemoryTransport.Pair line = MemoryTransport.pair("apt");
        Simulator simulator = new Simulator(line.b(), axes);
        simulator.start();
        return new StageRig(new ThorlabsApt(line.a(), settings), axes, simulator.replies(), true, null, simulator);
    }

    @Test
    void serverAlive_keepsTheControllerTalking() throws Exception {
        AxisSettings axis =
                AxisSettings.linear("x", "21").unitsPerSi(unitsPerMetre()).build();
        StageSettings settings = StageSettings.of(axis).withReadback(Duration.ofMillis(10));
        MemoryTransport.Pair line = MemoryTransport.pair("apt");
        try (Simulator simulator = new Simulator(line.b(), List.of(StageRig.fastAxis(axis)))) {
            simulator.start();
            try (MotionStage stage = Stages.over("apt", new ThorlabsApt(line.a(), settings), settings)) {
                Thread.sleep(2500); // well above the 50 messages and the second after which it falls silent
                assertThat(stage.status().state()).isEqualTo(StageState.UNREFERENCED);
                assertThat(stage.status().readings()).isGreaterThan(60);
                assertThat(simulator.silenced).isFalse();
            }
        }
    }

    /** From the APT protocol description: a rack with one DC servo module per bay. */
    static final class Simulator extends ControllerSimulator {
        private static final double VELOCITY_DATA = 65536 * 2048 / 6e6;
        private final ByteBuffer in = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
        private final byte[][] limits = new byte[3][16];
        private final double[] speed = {1e9, 1e9, 1e9};
        private final boolean[] stallTold = new boolean[3];
        private final boolean[] softLimit = new boolean[3];
        private int sinceAlive;
        private long aliveNs = System.nanoTime();
        volatile boolean silenced;

        Simulator(ByteTransport line, List<KinematicAxis> axes) {
            super(line, axes);
        }

        @Override
        protected void received(byte b) {
            in.put(b);
            int n = in.position();
            int need = n < 6 ? 6 : (in.get(4) & 0x80) != 0 ? 6 + (in.getShort(2) & 0xffff) : 6;
            if (n == need) {
                int bay = (in.get(4) & 0x7f) - 0x21;
                int id = in.getShort(0) & 0xffff;
                byte[] data = new byte[n - 6];
                in.get(6, data);
                int p2 = in.get(3) & 0xff;
                in.clear();
                if (bay >= 0 && bay < axes.size()) {
                    obey(bay, id, p2, ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN));
                }
            }
        }

        private void obey(int i, int id, int p2, ByteBuffer data) {
            KinematicAxis a = axes.get(i);
            switch (id) {
                case 0x0005 -> {
                    byte[] info = new byte[84];
                    ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 27500000 + i);
                    System.arraycopy("KDC101\0\0".getBytes(StandardCharsets.US_ASCII), 0, info, 4, 8);
                    send(i, 0x0006, info);
                }
                case 0x0210 -> {}
                case 0x0413 -> speed[i] = data.getInt(10) / VELOCITY_DATA;
                case 0x0414 -> {
                    byte[] v = new byte[14];
                    ByteBuffer.wrap(v)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putShort(0, (short) 1)
                            .putInt(6, 13744);
                    send(i, 0x0415, v);
                }
                case 0x0423 -> data.get(0, limits[i]);
                case 0x0424 -> send(i, 0x0425, limits[i].clone());
                case 0x0443 -> a.home();
                case 0x0448 -> a.moveBy(data.getInt(2), speed[i]);
                case 0x0453 -> {
                    ByteBuffer l = ByteBuffer.wrap(limits[i]).order(ByteOrder.LITTLE_ENDIAN);
                    int to = data.getInt(2);
                    int stopAt = Math.clamp(to, l.getInt(10), l.getInt(6));
                    softLimit[i] = stopAt != to;
                    stallTold[i] = false;
                    a.moveTo(stopAt, speed[i]);
                }
                case 0x0465 -> {
                    if (p2 == 1) {
                        a.cut();
                    } else {
                        a.stop();
                    }
                    send(i, 0x0466, status(i));
                }
                case 0x0490 -> {
                    sinceAlive++;
                    if (sinceAlive > 50 && System.nanoTime() - aliveNs > 1_000_000_000L) {
                        silenced = true;
                    } else {
                        send(i, 0x0491, status(i));
                    }
                }
                case 0x0492 -> {
                    sinceAlive = 0;
                    aliveNs = System.nanoTime();
                }
                default -> throw new AssertionError("message 0x" + Integer.toHexString(id));
            }
        }

        private byte[] status(int i) {
            KinematicAxis a = axes.get(i);
            long bits = 0x80000000L;
            bits |= a.moving() ? 0x10 : 0;
            bits |= a.referenced() ? 0x400 : 0;
            bits |= a.stalled() ? 0x4000 : 0;
            bits |= a.switchHit() ? 0x1 : 0;
            bits |= softLimit[i] ? 0x4 : 0;
            byte[] b = new byte[14];
            ByteBuffer.wrap(b)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(0, (short) 1)
                    .putInt(2, (int) Math.round(a.count()))
                    .putInt(10, (int) bits);
            return b;
        }

        private void send(int i, int id, byte[] data) {
            replies.reply(ByteBuffer.allocate(6 + data.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) id)
                    .putShort((short) data.length)
                    .put((byte) 0x81)
                    .put((byte) (0x21 + i))
                    .put(data)
                    .array());
        }
    }
}
