package org.fus.hardware.motion.zaber;

import java.util.List;
import org.fus.hardware.motion.ControllerSimulator;
import org.fus.hardware.motion.sim.KinematicAxis;
import org.fus.hardware.transport.ByteTransport;

/** Simulated Zaber controllers for tests of other packages. */
public final class ZaberSimulators {
    private ZaberSimulators() {}

    /** A device of the ASCII protocol; switch it on with {@code start}. */
    public static ControllerSimulator ascii(ByteTransport line, List<KinematicAxis> axes) {
        return new ZaberAsciiTest.Simulator(line, axes);
    }
}
