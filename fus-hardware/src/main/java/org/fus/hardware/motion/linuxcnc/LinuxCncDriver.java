package org.fus.hardware.motion.linuxcnc;

import java.net.URI;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionDriver;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.transport.Transports;

/** Opens {@code linuxcnc+tcp://host:5007}. */
public final class LinuxCncDriver implements MotionDriver {
    /** For {@link java.util.ServiceLoader}. */
    public LinuxCncDriver() {}

    @Override
    public String scheme() {
        return "linuxcnc";
    }

    @Override
    public MotionController open(URI line, StageSettings settings) {
        return new LinuxCnc(Transports.open(line), settings);
    }
}
