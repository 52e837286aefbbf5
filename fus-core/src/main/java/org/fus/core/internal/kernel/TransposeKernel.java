package org.fus.core.internal.kernel;

/** Traces, one frame after the other, to rows of frames. Exact: sixteen bits fit a float. */
public interface TransposeKernel {
    /** Work values that a kernel may overwrite. */
    int SCRATCH = 2 * 16 * 16;

    /**
     * {@code rows[at + sample * frames + frame] = traces[frame * samples + sample]}.
     *
     * @param traces {@code [frame][sample]}
     * @param frames values of a row
     * @param samples values of a trace
     * @param rows receives {@code [sample][frame]}
     * @param at where row 0 begins
     * @param scratch {@link #SCRATCH} values
     */
    void transpose(short[] traces, int frames, int samples, float[] rows, int at, float[] scratch);

    /** The same for traces of floats. */
    void transpose(float[] traces, int frames, int samples, float[] rows, int at, float[] scratch);
}
