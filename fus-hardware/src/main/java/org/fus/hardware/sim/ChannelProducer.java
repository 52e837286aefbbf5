package org.fus.hardware.sim;

import java.util.Collections;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.core.simulation.Medium;
import org.fus.core.simulation.Phantom;

/** Computes the echoes of a phantom on every channel; slower than a real scanner. */
record ChannelProducer(Phantom phantom, Medium medium, double fractionalBandwidth, RunContext context)
        implements BlockProducer {
    /** Frames between two looks for a stop: as many as the simulator computes best together, some 0.2 s. */
    private static final int FRAMES_AT_A_TIME = 4;

    @Override
    public List<String> problems(AcquisitionProgram program, Probe probe) {
        return Collections.emptyList();
    }

    /** The vendor's usual 11 plane waves of -10 to 10 degrees, 500 frames per second, one block of 0.4 s; 9 mm deep. */
    @Override
    public AcquisitionProgram defaultProgram(Probe probe) {
        double f = probe.centerFrequencyHz();
        TransmitSequence waves = TransmitSequence.planeWaves(Math.toRadians(-10), Math.toRadians(10), 11, f, 5500);
        return new AcquisitionProgram(waves, SampleAxis.common(4 * f, 4e-6, 11, (int) (9.6e-6 * 4 * f)), 200, 40);
    }

    @Override
    public Filler prepare(ChannelFormat format, Surroundings around) {
        GaussianPulse pulse = new GaussianPulse(format.sequence().centerFrequencyHz(), fractionalBandwidth);
        ChannelSimulator simulator = ChannelSimulator.plan(format, pulse, medium, phantom, context);
        long frameBytes = RfBlock.bytes(format, 1);
        return (span, target, stopping) -> {
            int computed = 0;
            long clipped = 0;
            while (computed < span.frames() && !stopping.getAsBoolean()) {
                int next = Math.min(FRAMES_AT_A_TIME, span.frames() - computed);
                clipped += simulator.frames(
                        span.firstFrame() + computed,
                        next,
                        target.asSlice(computed * frameBytes, next * frameBytes),
                        context);
                computed += next;
            }
            return new Filled(computed, clipped);
        };
    }

    @Override
    public boolean paced() {
        return false;
    }
}
