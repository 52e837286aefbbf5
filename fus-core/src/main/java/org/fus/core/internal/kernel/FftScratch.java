package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** What a transform overwrites while it runs. One per task. */
public final class FftScratch {
    /** The largest level holds 64 values between its passes. */
    private static final int BETWEEN = 64;

    private final float[] lanes;
    private final double[] record;

    public FftScratch(FftTables tables, int width) {
        this.lanes = new float[FramePanels.BASE + 2 * width * (tables.length() + BETWEEN)];
        this.record = new double[2 * tables.length() + tables.exact().workLength()];
    }

    /** Bytes of such a scratch. */
    public static long bytes(FftTables tables, int width) {
        return 2L * width * (tables.length() + BETWEEN) * Float.BYTES
                + (2L * tables.length() + tables.exact().workLength()) * Double.BYTES;
    }

    /** All lanes once, and behind them the values between two passes. */
    public float[] lanes() {
        return lanes;
    }

    /** The work area of a transform of one lane, and behind it the lane itself, in double. */
    double[] record() {
        return record;
    }
}
