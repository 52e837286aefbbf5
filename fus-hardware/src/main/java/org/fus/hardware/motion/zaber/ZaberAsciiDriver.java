package org.fus.hardware.motion.zaber;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.Transports;

/** Opens {@code zaber+serial:/dev/ttyUSB0} or {@code zaber+tcp://host:55550}. */
public final class ZaberAsciiDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public ZaberAsciiDriver() {}

    @Override
    public String scheme() {
        return "zaber";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new ZaberAscii(Transports.open(line), settings);
    }
}
