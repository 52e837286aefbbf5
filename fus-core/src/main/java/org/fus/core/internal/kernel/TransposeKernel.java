package org.fus.core.internal.kernel;

import java.lang.foreign.MemorySegment;

/** Traces, one frame after the other, to rows of frames. Exact: sixteen bits fit a float. */
public interface TransposeKernel {
    /** Work values that a kernel may overwrite. */
    int SCRATCH = 2 * 16 * 16;

    /**
     * {@code rows[at + sample * width + frame] = trace of the frame [sample]}. Other places of the rows stay as they are.
     *
     * @param traces int16 in native byte order
     * @param first byte where the trace of frame 0 begins
     * @param stride bytes from the trace of a frame to that of the next
     * @param frames traces, at most {@code width}
     * @param samples values of a trace
     * @param rows receives {@code [sample][frame]}
     * @param at where row 0 begins
     * @param width values of a row
     * @param scratch {@link #SCRATCH} values
     */
    void transpose(
            MemorySegment traces,
            long first,
            long stride,
            int frames,
            int samples,
            float[] rows,
            int at,
            int width,
            float[] scratch);

    /** The same for traces of floats; first and stride count values. */
    void transpose(
            float[] traces,
            int first,
            int stride,
            int frames,
            int samples,
            float[] rows,
            int at,
            int width,
            float[] scratch);
}
