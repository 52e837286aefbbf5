package org.fus.hardware.motion.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionFault;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.MotionStageConformance;
import org.fus.hardware.motion.StageRig;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.Stages;
import org.junit.jupiter.api.Test;

class SimulatedStageTest extends MotionStageConformance {
    @Override
    protected double unitsPerMetre() {
        return 1;
    }

    @Override
    protected List<String> controllerAxes() {
        return List.of("0", "1", "2");
    }

    @Override
    protected StageRig rig(StageSettings settings) {
        List<KinematicAxis> axes =
                settings.axes().stream().map(StageRig::fastAxis).toList();
        SimulatedController controller = new SimulatedController(axes);
        return new StageRig(controller, axes, null, true, null, () -> {});
    }

    @Test
    void unplugged_failsWithoutALineToo() {
        AxisSettings axis = AxisSettings.linear("x", "0").build();
        SimulatedController controller = new SimulatedController(List.of(SimulatedController.axisFor(axis, 0)));
        try (MotionStage stage = Stages.over("sim", controller, StageSettings.of(axis))) {
            controller.unplug();
            assertThatThrownBy(() -> stage.home(Duration.ofSeconds(5)).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            MotionException.class,
                            e -> assertThat(e.fault().kind()).isEqualTo(MotionFault.Kind.LINK_LOST));
        }
    }

    @Test
    void open_byAddress_andUnknownOnesListTheKnown() {
        StageSettings settings = StageSettings.of(AxisSettings.linear("x", "0").build());
        try (MotionStage stage = Stages.open(URI.create("sim-stage:any"), settings)) {
            assertThat(stage.identity()).contains("1 axes");
        }
        assertThatThrownBy(() -> Stages.open(URI.create("newport+serial:/dev/ttyS0"), settings))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("sim-stage");
    }
}
