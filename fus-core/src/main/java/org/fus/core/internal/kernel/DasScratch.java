package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Work space of one thread: where samples stand, how they are weighed, and the sums. */
public final class DasScratch {
    private static final int SUMS = FramePanels.BASE + DasTables.TILE * 2 * FramePanels.FULL_WIDTH;

    private final int[] offset;
    private final float[] fraction;
    private final float[] re;
    private final float[] im;
    private final float[] taps;
    private final float[] sum = new float[SUMS];

    /**
     * Work space.
     *
     * @param elements most elements of a pixel
     * @param taps samples that an interpolation takes from each, 0 for the straight line between two
     */
    public DasScratch(int elements, int taps) {
        offset = new int[places(elements, taps)];
        fraction = new float[taps == 0 ? offset.length : 0];
        re = new float[taps == 0 ? 0 : offset.length];
        im = new float[re.length];
        this.taps = new float[taps == 0 ? 0 : TapTable.MAX_TAPS];
    }

    /** Bytes that {@link #DasScratch} allocates. */
    public static long bytes(int elements, int taps) {
        long places = places(elements, taps);
        return Float.BYTES * (taps == 0 ? 2 * places + SUMS : 3 * places + SUMS + TapTable.MAX_TAPS);
    }

    private static int places(int elements, int taps) {
        return Math.max(DasTables.TILE, taps) * elements + DasTables.SLACK;
    }

    /** Per element and pixel of the tile, the index of the sample before the delay; with taps, of every sample taken. */
    public int[] offset() {
        return offset;
    }

    /** Per element and pixel of the tile, the way from that sample to the next, 0 to 1. */
    public float[] fraction() {
        return fraction;
    }

    /** Real parts of the weights of the samples taken. */
    public float[] re() {
        return re;
    }

    /** Imaginary parts of the weights of the samples taken. */
    public float[] im() {
        return im;
    }

    /** The weights of one interpolation. */
    public float[] taps() {
        return taps;
    }

    /** Per pixel of the tile, a cell of sums before the transmit phase is applied. */
    public float[] sum() {
        return sum;
    }
}
