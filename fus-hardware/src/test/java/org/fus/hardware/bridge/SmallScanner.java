package org.fus.hardware.bridge;

import java.util.List;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.simulation.BloodVolume;
import org.fus.core.simulation.Phantom;
import org.fus.core.simulation.Vessel;
import org.fus.hardware.sim.SimulatedScanner;

/** A simulated scanner that costs little. */
public final class SmallScanner {
    /** Its probe. */
    public static final Probe PROBE = Probe.linear("small", 16, 0.2e-3, 15e6)
            .elevation(1.5e-3, 8e-3)
            .fractionalBandwidth(0.6)
            .build();

    private static final Phantom PHANTOM = new Phantom(
            1, List.of(), List.of(new Vessel(0, 0, 5e-3, 0, 0.2e-3, 1e-3, 5e-3, 100, BloodVolume.AT_REST)), 10);

    private SmallScanner() {}

    /** Opens one. */
    public static SimulatedScanner open() {
        return SimulatedScanner.builder().probe(PROBE).phantom(PHANTOM).open();
    }

    /** A program that it can run. */
    public static AcquisitionProgram program(int frames, int framesPerBlock) {
        TransmitSequence sequence = TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 5000);
        return new AcquisitionProgram(sequence, SampleAxis.common(60e6, 5.5e-6, 2, 150), frames, framesPerBlock);
    }
}
