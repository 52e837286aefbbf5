package org.fus.hardware.motion.gcode;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.Transports;

/** Opens {@code grbl+serial:/dev/ttyACM0}. */
public final class GrblDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public GrblDriver() {}

    @Override
    public String scheme() {
        return "grbl";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new Grbl(Transports.open(line), settings);
    }
}
