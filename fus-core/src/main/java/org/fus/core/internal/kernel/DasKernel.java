package org.fus.core.internal.kernel;

/** Delay-and-sum of one transmit into a run of pixels, all frames of a panel at once. */
public interface DasKernel {
    /**
     * Adds one transmit to the pixels of tiles {@code [firstTile, lastTile)} of an image panel.
     *
     * @param plan delays, weights and apertures
     * @param transmit which of the plan's transmits
     * @param firstTile first tile
     * @param lastTile behind the last tile
     * @param channels a panel of channel data
     * @param image a panel of the ensemble
     * @param width frames per panel
     * @param scratch work space of the calling thread
     */
    void accumulate(
            DasTables plan,
            int transmit,
            int firstTile,
            int lastTile,
            float[] channels,
            float[] image,
            int width,
            DasScratch scratch);

    /** Samples that the interpolation takes from each element, 0 for the straight line between two. */
    default int taps() {
        return 0;
    }
}
