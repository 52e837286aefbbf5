package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Work space of one thread: where samples stand, how they are weighed, and the sums. */
public final class DasScratch {
    /** Places that are weighed at a time. A constant, so that kernels reach all their weights from one array base. */
    public static final int PLACES = 512;

    private static final int SUMS = FramePanels.BASE + DasTables.TILE * 2 * FramePanels.FULL_WIDTH;

    private final int[] offset;
    private final float[] weights;
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
        weights = new float[taps == 0 ? 4 * PLACES + DasTables.SLACK : 0];
        re = new float[taps == 0 ? 0 : offset.length];
        im = new float[re.length];
        this.taps = new float[taps == 0 ? 0 : TapTable.MAX_TAPS];
    }

    /** Bytes that {@link #DasScratch} allocates. */
    public static long bytes(int elements, int taps) {
        long places = places(elements, taps);
        long weights = taps == 0 ? 4 * PLACES + DasTables.SLACK : 2 * places + TapTable.MAX_TAPS;
        return Float.BYTES * (places + weights + SUMS);
    }

    private static int places(int elements, int taps) {
        return (taps == 0 ? PLACES : Math.max(DasTables.TILE, taps) * elements) + DasTables.SLACK;
    }

    /** Per element and pixel of the tile, the index of the sample before the delay; with taps, of every sample taken. */
    public int[] offset() {
        return offset;
    }

    /**
     * Per element and pixel of the tile, {@link #PLACES} apart: the way from that sample to the next, 0 to 1; real and
     * imaginary part of the weight; the negative of the latter.
     */
    public float[] weights() {
        return weights;
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
