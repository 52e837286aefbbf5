package org.fus.hardware.motion.apt;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.SerialSettings;
import org.fus.hardware.transport.Transports;

/** Opens {@code apt+serial:/dev/ttyUSB0}, at 115200 baud with hardware flow control. */
public final class ThorlabsAptDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public ThorlabsAptDriver() {}

    @Override
    public String scheme() {
        return "apt";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new ThorlabsApt(Transports.open(line, new SerialSettings(115_200, true)), settings);
    }
}
