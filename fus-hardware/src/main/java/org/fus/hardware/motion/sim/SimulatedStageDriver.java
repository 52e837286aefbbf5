package org.fus.hardware.motion.sim;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;

/** Opens {@code sim-stage:any}, axes made to suit the settings, without play. */
public final class SimulatedStageDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public SimulatedStageDriver() {}

    @Override
    public String scheme() {
        return "sim-stage";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new SimulatedController(settings.axes().stream()
                .map(a -> SimulatedController.axisFor(a, 0))
                .toList());
    }
}
