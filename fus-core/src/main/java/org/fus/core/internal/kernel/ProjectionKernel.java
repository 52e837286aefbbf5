package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Removes the part of every pixel's time course that lies in a temporal basis: {@code y = x - V (V^H x)}. */
public interface ProjectionKernel {
    /** Pixels that a kernel may treat at a time. */
    int TILE = 4;

    /**
     * Filters pixels {@code [firstPixel, lastPixel)}.
     *
     * @param x the ensemble
     * @param basis orthonormal temporal vectors, packed for this ensemble
     * @param y receives the result, laid out like {@code x}
     * @param scratch at least {@code 2 * TILE * basis.componentsPadded()} values
     */
    void subtract(FramePanels x, int firstPixel, int lastPixel, TemporalBasis basis, FramePanels y, float[] scratch);
}
