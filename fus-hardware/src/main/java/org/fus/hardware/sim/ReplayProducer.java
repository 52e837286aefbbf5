package org.fus.hardware.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.data.RfData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.io.content.ChannelRecording;

/**
 * Replays RF samples, again from the start when they end, times a gain that may change with time.
 *
 * @param recording RF samples
 * @param gain by time since the start of the run, seconds
 * @param paced at the pace of the recording, or as fast as the blocks are taken
 * @param repeats whether it starts again at its end
 */
record ReplayProducer(ChannelRecording recording, DoubleUnaryOperator gain, boolean paced, boolean repeats)
        implements BlockProducer {
    /** Recordings up to this size are kept in memory, so that the pace does not depend on the disk. */
    private static final long KEPT_BYTES = 512L << 20;

    /** Float samples whose largest is below this are no counts of a converter: 8 bits are the fewest in use. */
    private static final double SMALLEST_COUNTS = 127;

    ReplayProducer {
        if (recording.demodulationFrequencyHz() != 0) {
            throw new FusUnsupportedException("replay: the recording is demodulated at "
                    + recording.demodulationFrequencyHz() + " Hz (expected RF); blocks of a device are RF");
        }
    }

    @Override
    public List<String> problems(AcquisitionProgram program, Probe probe) {
        List<String> problems = new ArrayList<>();
        ChannelFormat format = recording.format();
        program.groups().forEach(group -> {
            if (!group.sequence().equals(format.sequence())) {
                problems.add("sequence: " + group.sequence().size() + " transmits at "
                        + group.sequence().pulseRepetitionFrequencyHz() + " Hz, but recorded were "
                        + format.sequence().size() + " at " + format.sequence().pulseRepetitionFrequencyHz()
                        + " Hz; use the sequence of the recording");
            }
            if (!group.receive().equals(format.samples())) {
                problems.add("receive: " + group.receive().samples() + " samples at "
                        + group.receive().samplingFrequencyHz() + " Hz, but recorded were "
                        + format.sampleCount() + " at " + format.samples().samplingFrequencyHz()
                        + " Hz; use the sampling of the recording");
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
        ChannelFormat format = recording.format();
        int perBlock = Math.clamp(recording.framesPerBlock(), 1, recording.frames());
        return new AcquisitionProgram(format.sequence(), format.samples(), recording.frames(), perBlock);
    }

    @Override
    public Filler prepare(ChannelFormat format, Surroundings around) {
        long frameBytes = RfBlock.bytes(recording.format(), 1);
        double periodS = 1 / format.sequence().frameRateHz();
        double scale = scale();
        if (frameBytes * recording.frames() <= KEPT_BYTES) {
            MemorySegment kept = Arena.ofAuto().allocate(frameBytes * recording.frames(), Long.BYTES);
            long clipped = read(0, recording.frames(), kept, frameBytes, scale);
            return (span, target, stopping) -> {
                long first = span.firstFrame();
                int frames = span.frames();
                for (int f = 0; f < frames; f++) {
                    long from = (first + f) % recording.frames() * frameBytes;
                    MemorySegment.copy(kept, from, target, f * frameBytes, frameBytes);
                }
                long over = amplify(first, frames, target, frameBytes, periodS);
                return new Filled(frames, first == 0 ? over + clipped : over);
            };
        }
        return (span, target, stopping) -> {
            long first = span.firstFrame();
            int frames = span.frames();
            long clipped = 0;
            int done = 0;
            while (done < frames && !stopping.getAsBoolean()) {
                int from = (int) ((first + done) % recording.frames());
                int count = Math.min(
                        Math.min(frames - done, recording.frames() - from), Math.max(1, recording.framesPerBlock()));
                clipped += read(from, count, target.asSlice(done * frameBytes, count * frameBytes), frameBytes, scale);
                done += count;
            }
            clipped += amplify(first, done, target, frameBytes, periodS);
            return new Filled(done, clipped);
        };
    }

    @Override
    public List<String> warnings() {
        double scale = scale();
        return scale == 1
                ? List.of()
                : List.of("the recorded samples were multiplied by " + scale + " to become int16");
    }

    /** 1 for int16, and for numbers that look like counts; else what brings the first block to half of full scale. */
    private double scale() {
        if (!(recording.read(0, Math.min(recording.frames(), recording.framesPerBlock())) instanceof RfData rf)
                || rf instanceof RfBlock) {
            return 1;
        }
        ChannelFormat format = rf.format();
        float[] trace = new float[format.sampleCount()];
        double largest = 0;
        for (int f = 0; f < rf.frames(); f++) {
            for (int t = 0; t < format.transmits(); t++) {
                for (int c = 0; c < format.channels(); c++) {
                    rf.copyTrace(f, t, c, trace, 0);
                    for (float v : trace) {
                        largest = Math.max(largest, Math.abs(v));
                    }
                }
            }
        }
        boolean counts = largest >= SMALLEST_COUNTS && largest <= Short.MAX_VALUE;
        return counts || largest == 0 ? 1 : ChannelSimulator.FULL_SCALE / 2.0 / largest;
    }

    private long read(int first, int count, MemorySegment target, long frameBytes, double scale) {
        if (!(recording.read(first, count) instanceof RfData rf)) {
            throw new FusUnsupportedException("replay: frames " + first + " to " + (first + count - 1)
                    + " are not RF; blocks of a device are RF");
        }
        if (rf instanceof RfBlock block) {
            MemorySegment.copy(block.samples(), 0, target, 0, count * frameBytes);
            return 0;
        }
        return quantise(rf, target, scale);
    }

    /** Samples that are not int16: scaled, rounded, and clipped. */
    private static long quantise(RfData rf, MemorySegment target, double scale) {
        ChannelFormat format = rf.format();
        float[] trace = new float[format.sampleCount()];
        long at = 0;
        long clipped = 0;
        for (int f = 0; f < rf.frames(); f++) {
            for (int t = 0; t < format.transmits(); t++) {
                for (int c = 0; c < format.channels(); c++) {
                    rf.copyTrace(f, t, c, trace, 0);
                    for (float v : trace) {
                        long whole = Math.round(v * scale);
                        short stored = (short) Math.clamp(whole, Short.MIN_VALUE, Short.MAX_VALUE);
                        clipped += whole == stored ? 0 : 1;
                        target.setAtIndex(ValueLayout.JAVA_SHORT, at++, stored);
                    }
                }
            }
        }
        return clipped;
    }

    private long amplify(long first, int frames, MemorySegment target, long frameBytes, double periodS) {
        long clipped = 0;
        for (int f = 0; f < frames; f++) {
            double g = gain.applyAsDouble((first + f) * periodS);
            if (g == 1) {
                continue;
            }
            long end = (f + 1) * frameBytes / Short.BYTES;
            for (long i = f * frameBytes / Short.BYTES; i < end; i++) {
                long v = Math.round(g * target.getAtIndex(ValueLayout.JAVA_SHORT, i));
                long stored = Math.clamp(v, -ChannelSimulator.FULL_SCALE, ChannelSimulator.FULL_SCALE);
                clipped += v == stored ? 0 : 1;
                target.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) stored);
            }
        }
        return clipped;
    }
}
