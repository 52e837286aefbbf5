package org.fus.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.simulation.Phantom;
import org.fus.hardware.Acquisition;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.sim.SimulatedScanner;

/**
 * From the scanner to a beamformed ensemble: upload a program, start, beamform each block as it comes.
 *
 * @param ensemble the beamformed frames
 * @param format what the raw samples meant
 * @param warnings what the device has to say about the run
 */
record Acquired(IqEnsemble ensemble, ChannelFormat format, List<String> warnings) {
    static final Probe PROBE = ProbeCatalogue.ICO_PRIME;

    /** The vendor's usual sequence: 11 plane waves of -10 to 10 degrees at 5.5 kHz, 500 compounded frames a second. */
    static final TransmitSequence SEQUENCE =
            TransmitSequence.planeWaves(Math.toRadians(-10), Math.toRadians(10), 11, 15.625e6, 5500);

    /** Frames of one power Doppler image: 0.4 s. */
    static final int FRAMES = 200;

    private static final double SAMPLING_HZ = 62.5e6;

    /** Whole panels of the engine; a block is beamformed while the next one is not yet fired. */
    private static final int FRAMES_PER_BLOCK = 32;

    /** 62.5 MHz to 31.25 MHz complex: holds the band of the 67 % pulse. */
    private static final int DECIMATION = 2;

    static Acquired of(Phantom phantom, PixelGrid grid, int frames, RunContext context) {
        try (UltrasoundDevice scanner = SimulatedScanner.builder()
                .probe(PROBE)
                .phantom(phantom)
                .context(context)
                .open()) {
            AcquisitionProgram program =
                    new AcquisitionProgram(SEQUENCE, receiveWindow(grid), frames, FRAMES_PER_BLOCK);
            UploadedProgram uploaded = scanner.upload(program, scanner.probe());
            Pipeline pipeline = Pipeline.forRf(recipe(grid), uploaded.format());
            List<IqEnsemble> parts = new ArrayList<>();
            Acquisition run = scanner.start(uploaded, block -> parts.add(pipeline.beamform(block, context)));
            run.await();
            return new Acquired(IqEnsemble.concatenate(parts), uploaded.format(), run.warnings());
        }
    }

    static ProcessingRecipe recipe(PixelGrid grid) {
        return new ProcessingRecipe(
                grid, DasOptions.DEFAULTS, new Demodulation.Fir(DECIMATION), new Clutter.None(), Product.POWER);
    }

    /** Samples from before the first echo of the grid until after its last one, with the whole pulse. */
    static SampleAxis receiveWindow(PixelGrid grid) {
        double c = SEQUENCE.soundSpeedMPerS();
        double halfArrayM = PROBE.pitchM() * (PROBE.elements() - 1) / 2;
        double steepest = Math.sin(Math.toRadians(10));
        double sideM = Math.max(Math.abs(grid.xM(0)), Math.abs(grid.xM(grid.nx() - 1)));
        double pulseS = 0.5e-6;
        double farM = grid.zM(grid.nz() - 1);
        double firstS = Math.max(0, (2 * Math.cos(Math.toRadians(10)) * grid.z0M() - sideM * steepest) / c - pulseS);
        double startS = Math.floor(firstS * SAMPLING_HZ) / SAMPLING_HZ;
        double endS = (halfArrayM * steepest + sideM * steepest + farM + Math.hypot(farM, farM / 2)) / c + pulseS;
        return SampleAxis.common(SAMPLING_HZ, startS, SEQUENCE.size(), (int) Math.ceil((endS - startS) * SAMPLING_HZ));
    }
}
