package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Work space of one thread for one tile: where samples stand, the fractions between them, and the sums. */
public final class DasScratch {
    private final int[] offset;
    private final float[] fraction;
    private final float[] sum = new float[FramePanels.BASE + DasTables.TILE * 2 * FramePanels.FULL_WIDTH];

    public DasScratch(int elements) {
        offset = new int[DasTables.TILE * elements + DasTables.SLACK];
        fraction = new float[DasTables.TILE * elements + DasTables.SLACK];
    }

    /** Per element and pixel of the tile, the index of the sample before the delay. */
    public int[] offset() {
        return offset;
    }

    /** Per element and pixel of the tile, the way from that sample to the next, 0 to 1. */
    public float[] fraction() {
        return fraction;
    }

    /** Per pixel of the tile, a cell of sums before the transmit phase is applied. */
    public float[] sum() {
        return sum;
    }
}
