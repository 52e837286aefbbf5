package org.fus.hardware.sim;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.simulation.ImageSimulator;
import org.fus.core.simulation.VascularScene;
import org.fus.hardware.BlockContent;
import org.fus.hardware.program.AcquisitionPlans;

/**
 * Beamformed frames of a scene in the laboratory, in real time: each few frames are computed when their time has come, where
 * the probe then is, with what the region was shown by then.
 *
 * @param scene what is imaged
 * @param imageGrid where the pixels are; nothing for what the program's samples allow
 */
record ImageProducer(VascularScene scene, Optional<PixelGrid> imageGrid) implements BlockProducer {
    /** Frames between two looks at the clock, the pose and the stimulus: 16 ms at 500 Hz. */
    private static final int FRAMES_AT_A_TIME = 8;

    @Override
    public List<String> problems(AcquisitionProgram program, Probe probe) {
        List<String> problems = new ArrayList<>();
        boolean rows = probe.type() == Probe.Type.LINEAR || probe.type() == Probe.Type.MULTI_ARRAY;
        if (imageGrid.isEmpty() && !rows) {
            problems.add("probe " + probe + " is no linear probe or multi-array; give the grid of the images");
        }
        return problems;
    }

    @Override
    public AcquisitionProgram defaultProgram(Probe probe) {
        return (probe.type() == Probe.Type.MULTI_ARRAY
                        ? AcquisitionPlans.multiArray(probe).withBlocks(10)
                        : AcquisitionPlans.fus2d(probe))
                .program();
    }

    @Override
    public BlockContent content(ChannelFormat format) {
        TransmitSequence sequence = format.sequence();
        return new BlockContent.Iq(
                imageGrid.orElseGet(() -> ImageGrids.of(format)),
                new IqEnsemble.Timing(sequence.frameRateHz(), sequence.centerFrequencyHz(), sequence.soundSpeedMPerS()),
                Provenance.none().with("simulated images", Map.of("seed", Long.toString(scene.seed()))));
    }

    @Override
    public Filler prepare(ChannelFormat format, Surroundings around) {
        BlockContent.Iq content = (BlockContent.Iq) content(format);
        ImageSimulator simulator =
                ImageSimulator.plan(scene, format.probe(), content.grid().cartesian(), content.timing());
        try (Arena arena = Arena.ofConfined()) { // the first frame takes longest: not when it is due
            simulator.frames(around.probeToLab(), 0, 0, 1, t -> 0, arena.allocate(content.frameBytes(), Float.BYTES));
        }
        return (span, target, stopping) -> {
            int done = 0;
            while (done < span.frames() && !stopping.getAsBoolean()) {
                long firedNs = span.firedNs() + Math.round(done * span.periodNs());
                if (!sleepUntil(firedNs, stopping)) {
                    break;
                }
                int count = Math.min(FRAMES_AT_A_TIME, span.frames() - done);
                double firstS = around.deviceTimeNs(firedNs) * 1e-9;
                StimulusHistory stimulus = around.stimulus();
                simulator.frames(
                        around.probeToLab(),
                        firstS,
                        span.periodNs() * 1e-9,
                        count,
                        t -> stimulus.response(scene.region().response(), t),
                        target.asSlice(done * content.frameBytes(), count * content.frameBytes()));
                done += count;
            }
            return new Filled(done, 0);
        };
    }

    private static boolean sleepUntil(long untilNs, BooleanSupplier stopping) throws InterruptedException {
        for (long left = untilNs - System.nanoTime(); left > 0; left = untilNs - System.nanoTime()) {
            if (stopping.getAsBoolean()) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, 2_000_000));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    @Override
    public boolean paced() {
        return true;
    }
}
