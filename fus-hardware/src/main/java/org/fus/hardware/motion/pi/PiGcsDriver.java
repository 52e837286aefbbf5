package org.fus.hardware.motion.pi;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.Transports;

/** Opens {@code pi+tcp://host:50000} or {@code pi+serial:/dev/ttyUSB0}. */
public final class PiGcsDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public PiGcsDriver() {}

    @Override
    public String scheme() {
        return "pi";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new PiGcs(Transports.open(line), settings);
    }
}
