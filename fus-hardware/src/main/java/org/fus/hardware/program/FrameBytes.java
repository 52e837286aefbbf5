package org.fus.hardware.program;

import org.fus.core.probe.Probe;
import org.fus.core.sequence.FiringGroup;

/** Size of the raw samples of one frame: int16 per firing, element and sample. */
final class FrameBytes {
    private FrameBytes() {}

    /** Saturates at the largest long. */
    static long of(Probe probe, FiringGroup group) {
        double bytes = 2.0
                * group.sequence().size()
                * probe.elements()
                * group.receive().samples();
        return (long) bytes; // exact below 2^53, and a cast saturates
    }
}
