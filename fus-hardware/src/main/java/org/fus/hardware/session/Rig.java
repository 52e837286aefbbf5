package org.fus.hardware.session;

import java.util.Objects;
import java.util.Optional;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.StageKinematics;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.TriggerPort;

/**
 * The hardware of an acquisition. Immutable; the caller opens and closes what is in it.
 *
 * @param device the scanner
 * @param stage what holds the probe, when it can be moved
 * @param triggers lines to and from the experiment, when there are any
 */
public record Rig(UltrasoundDevice device, Optional<Stage> stage, Optional<Triggers> triggers) {
    /** Checks that nothing is missing. */
    public Rig {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(triggers, "triggers");
    }

    /**
     * A stage and how it holds the probe.
     *
     * @param motors the stage
     * @param kinematics which pose of the probe its positions make
     */
    public record Stage(MotionStage motors, StageKinematics kinematics) {
        /** Checks that they belong together. */
        public Stage {
            int axes = motors.settings().axes().size();
            if (axes != kinematics.axes()) {
                throw new IllegalArgumentException(
                        "kinematics of " + kinematics.axes() + " axes for a stage of " + axes);
            }
        }
    }

    /**
     * Trigger lines.
     *
     * @param port the lines
     * @param onDeviceClock whether the port stamps edges with the clock of the scanner, because the lines are its own
     */
    public record Triggers(TriggerPort port, boolean onDeviceClock) {}

    /**
     * A scanner alone, for plans that stay where they are.
     *
     * @param device the scanner
     * @return the rig
     */
    public static Rig of(UltrasoundDevice device) {
        return new Rig(device, Optional.empty(), Optional.empty());
    }

    /**
     * The same with a stage.
     *
     * @param motors the stage
     * @param kinematics which pose of the probe its positions make
     * @return a changed copy
     */
    public Rig withStage(MotionStage motors, StageKinematics kinematics) {
        return new Rig(device, Optional.of(new Stage(motors, kinematics)), triggers);
    }

    /**
     * The same with the trigger lines of the scanner itself, whose edges have times on its clock.
     *
     * @param port made of the lines of the {@link DeviceTriggerPort.Owner}
     * @return a changed copy
     */
    public Rig withDeviceTriggers(DeviceTriggerPort port) {
        return new Rig(device, stage, Optional.of(new Triggers(port, true)));
    }

    /**
     * The same with other trigger lines, such as a box on a serial line. Their edges come onto the clock of the scanner by a
     * fit of the two clocks.
     *
     * @param port the lines
     * @return a changed copy
     */
    public Rig withTriggers(TriggerPort port) {
        return new Rig(device, stage, Optional.of(new Triggers(port, false)));
    }
}
