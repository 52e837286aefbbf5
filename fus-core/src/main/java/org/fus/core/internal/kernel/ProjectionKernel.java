package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Products of every pixel's time course x with a temporal basis V, in float32. */
public interface ProjectionKernel {
    /** Pixels that a kernel may treat at a time. */
    int TILE = 8;

    /**
     * The remainder {@code y = x - V (V^H x)} of pixels {@code [firstPixel, lastPixel)}.
     *
     * @param x the ensemble
     * @param basis temporal vectors, packed for this ensemble
     * @param firstPanel panels before this one are left out
     * @param y receives the result from {@code firstPanel} on, in panels as wide as those of {@code x}
     * @param firstResult cell of {@code y} that belongs to {@code firstPixel}
     * @param scratch {@link #scratchLength} values
     */
    void subtract(
            FramePanels x,
            int firstPixel,
            int lastPixel,
            TemporalBasis basis,
            int firstPanel,
            FramePanels y,
            int firstResult,
            float[] scratch);

    /**
     * The energy {@code |x - V (V^H x)|^2}, summed over the frames.
     *
     * @param energy receives one value per pixel, from index {@code firstPixel} on
     */
    void remainderEnergy(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] energy, float[] scratch);

    /**
     * The energy {@code |V^H x|^2}, summed over the components.
     *
     * @param energy receives one value per pixel, from index {@code firstPixel} on
     */
    void componentEnergy(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] energy, float[] scratch);

    /**
     * The magnitudes {@code |V^H x|} of every component.
     *
     * @param magnitudes receives {@code [pixel - firstPixel][component of componentsPadded]}
     */
    void magnitudes(
            FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, float[] magnitudes, float[] scratch);

    /** Coefficients, a block of results, and sums, of {@link #TILE} pixels each. */
    static int scratchLength(TemporalBasis basis) {
        return TILE * (2 * basis.componentsPadded() + 3 * TemporalBasis.BLOCK);
    }
}
