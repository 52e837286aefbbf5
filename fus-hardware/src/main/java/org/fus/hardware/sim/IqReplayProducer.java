package org.fus.hardware.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.BlockContent;
import org.fus.io.content.IqRecording;

/**
 * Replays beamformed frames, again from the start when they end, times a gain that may change with time. A recording of images
 * tells neither probe nor firings: an array as wide as the image, and one plane wave per frame, stand for them.
 *
 * @param recording the frames
 * @param gain of the amplitude, by time since the start of the run, seconds
 * @param paced at the pace of the recording, or as fast as the blocks are taken
 * @param repeats whether it starts again at its end
 */
record IqReplayProducer(IqRecording recording, DoubleUnaryOperator gain, boolean paced, boolean repeats)
        implements BlockProducer {
    private static final int MOST_ELEMENTS = 256;

    /** The probe that stands for the one that is not known. */
    Probe probe() {
        PixelGrid grid = recording.grid().cartesian();
        int elements = Math.clamp(grid.nx(), 1, MOST_ELEMENTS);
        return Probe.linear(
                        "unknown probe",
                        elements,
                        grid.dxM() * grid.nx() / elements,
                        recording.timing().centerFrequencyHz())
                .build();
    }

    @Override
    public List<String> problems(AcquisitionProgram program, Probe probe) {
        List<String> problems = new ArrayList<>();
        AcquisitionProgram own = defaultProgram(probe());
        program.groups().forEach(group -> {
            if (!group.sequence().equals(own.sequence()) || !group.receive().equals(own.receive())) {
                problems.add("sequence: not the one that stands for this recording of images; use defaultProgram()");
            }
            int frames = group.schedule().repetitions();
            if (!repeats && frames > recording.frames()) {
                problems.add("frames: " + frames + ", the recording has " + recording.frames()
                        + "; ask for fewer, or repeat it");
            }
        });
        return problems;
    }

    @Override
    public AcquisitionProgram defaultProgram(Probe probe) {
        IqEnsemble.Timing timing = recording.timing();
        TransmitSequence sequence = new TransmitSequence(
                List.of(new Transmit.PlaneWave(0)),
                timing.centerFrequencyHz(),
                timing.frameRateHz(),
                timing.soundSpeedMPerS());
        PixelGrid grid = recording.grid().cartesian();
        double startS = Math.max(0, 2 * grid.z0M() / timing.soundSpeedMPerS());
        double samplingHz = 4 * timing.centerFrequencyHz();
        int samples = (int) Math.ceil(2 * grid.dzM() * grid.nz() / timing.soundSpeedMPerS() * samplingHz) + 1;
        int perBlock = Math.clamp(recording.framesPerBlock(), 1, recording.frames());
        return new AcquisitionProgram(
                sequence, SampleAxis.common(samplingHz, startS, 1, samples), recording.frames(), perBlock);
    }

    @Override
    public BlockContent content(ChannelFormat format) {
        return new BlockContent.Iq(recording.grid(), recording.timing(), recording.provenance());
    }

    @Override
    public Filler prepare(ChannelFormat format, Surroundings around) {
        long frameBytes = content(format).frameBytes();
        double periodS = 1 / recording.timing().frameRateHz();
        return (span, target, stopping) -> {
            int done = 0;
            while (done < span.frames() && !stopping.getAsBoolean()) {
                int from = (int) ((span.firstFrame() + done) % recording.frames());
                int count = Math.min(
                        Math.min(span.frames() - done, recording.frames() - from),
                        Math.max(1, recording.framesPerBlock()));
                IqEnsemble part = recording.read(from, count);
                for (int f = 0; f < count; f++) {
                    float[] values = part.copyFrame(f);
                    float g = (float) gain.applyAsDouble((span.firstFrame() + done + f) * periodS);
                    for (int i = 0; g != 1 && i < values.length; i++) {
                        values[i] *= g;
                    }
                    MemorySegment.copy(
                            values, 0, target, ValueLayout.JAVA_FLOAT, (done + f) * frameBytes, values.length);
                }
                done += count;
            }
            return new Filled(done, 0);
        };
    }

    @Override
    public List<String> warnings() {
        return List.of(
                "a recording of images tells neither probe nor firings; one plane wave per frame stands for them");
    }
}
