package org.fus.hardware.motion.gcode;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.Transports;

/** Opens {@code marlin+serial:/dev/ttyACM0?baud=250000}. */
public final class MarlinDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public MarlinDriver() {}

    @Override
    public String scheme() {
        return "marlin";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new Marlin(Transports.open(line), settings);
    }
}
