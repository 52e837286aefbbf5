package org.fus.hardware.motion.zaber;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
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

class ZaberBinaryTest extends MotionStageConformance {
    @Override
    protected double unitsPerMetre() {
        return 1 / 4.794e-8; // microsteps of a T-LSM100A
    }

    @Override
    protected List<String> controllerAxes() {
        return List.of("1", "2", "3");
    }

    @Override
    protected StageRig rig(StageSettings settings) {
        List<KinematicAxis> axes =
                settings.axes().stream().map(StageRig::fastAxis).toList();
        MemoryTransport.Pair line = MemoryTransport.pair("zaber-binary");
        Simulator simulator = new Simulator(line.b(), axes);
        simulator.start();
        return new StageRig(new ZaberBinary(line.a(), settings), axes, simulator.replies(), false, null, simulator);
    }

    @Test
    void guard_belowTheSensor_isRefused() {
        StageSettings settings = StageSettings.of(AxisSettings.linear("x", "1").build());
        try (ZaberBinary driver = new ZaberBinary(MemoryTransport.pair("z").a(), settings)) {
            assertThatThrownBy(() -> driver.guard(0, new ControllerRange(-5, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("counts from 0");
        }
    }

    /** From the binary protocol manual of the T-series. */
    static final class Simulator extends ControllerSimulator {
        private final ByteBuffer frame = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
        private final int[] top = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        private final double[] speed = {1e9, 1e9, 1e9};
        private final int[] running = new int[3]; // the command that is answered when the motion ends

        Simulator(ByteTransport line, List<KinematicAxis> axes) {
            super(line, axes);
        }

        @Override
        protected void received(byte b) {
            frame.put(b);
            if (!frame.hasRemaining()) {
                frame.flip();
                int device = frame.get() & 0xff;
                int command = frame.get() & 0xff;
                int data = frame.getInt();
                frame.clear();
                for (int i = 0; i < 3; i++) {
                    if (device == 0 || device == i + 1) {
                        obey(i, command, data);
                    }
                }
            }
        }

        private void obey(int i, int command, int data) {
            KinematicAxis a = axes.get(i);
            int position = (int) Math.round(a.count());
            switch (command) {
                case 1 -> {
                    a.home();
                    running[i] = 1;
                }
                case 20, 21 -> {
                    long to = command == 20 ? data : (long) position + data;
                    if (a.referenced() && (to < 0 || to > top[i])) {
                        answer(i, 255, command);
                    } else {
                        a.moveTo((double) to, speed[i]);
                        running[i] = command;
                    }
                }
                case 23 -> {
                    a.stop();
                    running[i] = 0;
                    answer(i, 23, position);
                }
                case 42 -> {
                    speed[i] = data * 9.375;
                    answer(i, 42, data);
                }
                case 44 -> {
                    top[i] = data;
                    answer(i, 44, data);
                }
                case 50 -> answer(i, 50, 6320);
                case 51 -> answer(i, 51, 512);
                case 53 -> answer(i, data, data == 44 ? top[i] : 0);
                case 54 -> answer(i, 54, a.moving() ? Math.max(running[i], 20) : 0);
                case 55 -> answer(i, 55, data);
                case 60 -> answer(i, 60, position);
                default -> answer(i, 255, 64);
            }
        }

        @Override
        protected void idle() {
            for (int i = 0; i < 3; i++) {
                if (running[i] != 0 && !axes.get(i).moving()) {
                    boolean found = running[i] != 1 || axes.get(i).referenced();
                    if (found) {
                        answer(i, running[i], (int) Math.round(axes.get(i).count()));
                    }
                    running[i] = 0;
                }
            }
        }

        private void answer(int i, int command, int data) {
            replies.reply(ByteBuffer.allocate(6)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) (i + 1))
                    .put((byte) command)
                    .putInt(data)
                    .array());
        }
    }
}
