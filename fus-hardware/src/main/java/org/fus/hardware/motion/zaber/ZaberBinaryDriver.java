package org.fus.hardware.motion.zaber;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.SerialSettings;
import org.fus.hardware.transport.Transports;

/** Opens {@code zaber-binary+serial:/dev/ttyUSB0}, at 9600 baud. */
public final class ZaberBinaryDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public ZaberBinaryDriver() {}

    @Override
    public String scheme() {
        return "zaber-binary";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new ZaberBinary(Transports.open(line, new SerialSettings(9600, false)), settings);
    }
}
