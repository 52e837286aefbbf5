package org.fus.hardware.sim;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.fus.core.data.ChannelFormat;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;

/** Where the samples of a simulated scanner come from. */
interface BlockProducer {
    /** What keeps a program from running, beyond the limits of the device. */
    List<String> problems(AcquisitionProgram program);

    /** A program that can run. */
    AcquisitionProgram defaultProgram(Probe probe);

    /** Prepares a program; may take seconds. */
    Filler prepare(ChannelFormat format);

    /** What a reader of the data should know. */
    default List<String> warnings() {
        return List.of();
    }

    /** Whether blocks come at the pace of the program, ready or not, rather than when somebody has room for them. */
    boolean paced();

    /** Fills blocks of one program. */
    interface Filler {
        /** Frames of one block. */
        Filled fill(long firstFrame, int frames, MemorySegment target, BooleanSupplier stopping);
    }

    /** What was filled: frames, fewer when stopped, and the samples that were clipped. */
    record Filled(int frames, long clipped) {}
}
