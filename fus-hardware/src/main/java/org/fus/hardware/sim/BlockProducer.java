package org.fus.hardware.sim;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.fus.core.data.ChannelFormat;
import org.fus.core.geometry.Affine3;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.BlockContent;

/** Where the samples of a simulated scanner come from. */
interface BlockProducer {
    /** What keeps a program from running, beyond the limits of the device. */
    List<String> problems(AcquisitionProgram program, Probe probe);

    /** A program that can run. */
    AcquisitionProgram defaultProgram(Probe probe);

    /** What the blocks of a program hold. */
    default BlockContent content(ChannelFormat format) {
        return new BlockContent.Rf(format);
    }

    /** Prepares a program; may take seconds. */
    Filler prepare(ChannelFormat format, Surroundings around);

    /** What a reader of the data should know. */
    default List<String> warnings() {
        return List.of();
    }

    /** Whether blocks come at the pace of the program, ready or not, rather than when somebody has room for them. */
    boolean paced();

    /** Fills blocks of one program. */
    interface Filler {
        /** Frames of one block; may wait for the time of each. */
        Filled fill(Span span, MemorySegment target, BooleanSupplier stopping) throws InterruptedException;
    }

    /** What is outside: where the probe is, what it has been shown, what time it is. */
    interface Surroundings {
        Affine3 probeToLab();

        StimulusHistory stimulus();

        long deviceTimeNs(long hostTimeNs);
    }

    /** Frames of one block, the first of them fired at a time of the host. */
    record Span(long firstFrame, int frames, long firedNs, double periodNs) {}

    /** What was filled: frames, fewer when stopped, and the samples that were clipped. */
    record Filled(int frames, long clipped) {}
}
