package org.fus.hardware.session;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.StageKinematics;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.Stages;
import org.fus.hardware.trigger.DeviceTriggerPort;

/** A scanner with its own trigger lines, and a simulated stage when wanted, opened together; closes lines and stage. */
public final class OpenRig implements AutoCloseable {
    /** Time from an edge to its report that a scanner may take, seconds: twice the jitter of the simulated one. */
    private static final double REPORT_S = 1e-3;

    /** As {@link org.fus.hardware.program.MotorModel#DEFAULT}. */
    private static final Duration SETTLE = Duration.ofMillis(50);

    private static final double SPEED_M_PER_S = 10e-3;
    private static final double SPEED_RAD_PER_S = Math.toRadians(30);
    private static final double HALF_TRAVEL_M = 10e-3;

    private final Rig rig;
    private final Optional<MotionStage> stage;
    private final Optional<DeviceTriggerPort> port;

    private OpenRig(Rig rig, Optional<MotionStage> stage, Optional<DeviceTriggerPort> port) {
        this.rig = rig;
        this.stage = stage;
        this.port = port;
    }

    /**
     * A scanner in a fixed holder, with its trigger lines when it has any.
     *
     * @param device the scanner; stays open
     * @return the rig
     */
    public static OpenRig fixed(UltrasoundDevice device) {
        if (device instanceof DeviceTriggerPort.Owner owner) {
            DeviceTriggerPort port = new DeviceTriggerPort(device.info().name(), owner.triggerLines(), REPORT_S);
            return new OpenRig(Rig.of(device).withDeviceTriggers(port), Optional.empty(), Optional.of(port));
        }
        return new OpenRig(Rig.of(device), Optional.empty(), Optional.empty());
    }

    /**
     * A scanner on a simulated stage: x, y and z of +-10 mm at 10 mm/s, a turn of +-180 degrees at 30 degrees/s, 50 ms of
     * rest; home is in the middle.
     *
     * @param device the scanner; stays open
     * @return the rig
     */
    public static OpenRig onSimulatedStage(UltrasoundDevice device) {
        OpenRig fixed = fixed(device);
        MotionStage stage = Stages.open(
                URI.create("sim-stage:any"),
                StageSettings.of(linear("x"), linear("y"), linear("z"), turn()).withSettle(SETTLE));
        Rig rig = fixed.rig.withStage(stage, StageKinematics.of(4, 0, 1, 2, 3));
        return new OpenRig(rig, Optional.of(stage), fixed.port);
    }

    private static AxisSettings linear(String name) {
        return AxisSettings.linear(name, name)
                .limits(-HALF_TRAVEL_M, HALF_TRAVEL_M)
                .maxSpeed(SPEED_M_PER_S)
                .park(0)
                .build();
    }

    private static AxisSettings turn() {
        return AxisSettings.rotary("angle", "angle")
                .maxSpeed(SPEED_RAD_PER_S)
                .park(0)
                .build();
    }

    /**
     * The hardware.
     *
     * @return the rig; valid until this is closed
     */
    public Rig rig() {
        return rig;
    }

    /** Pulls the lines low, stops the stage, and lets go of both. */
    @Override
    public void close() {
        port.ifPresent(DeviceTriggerPort::close);
        stage.ifPresent(MotionStage::close);
    }
}
