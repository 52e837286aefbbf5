package org.fus.io.internal.frames;

/** Loads one frame. */
@FunctionalInterface
public interface FrameLoader {
    /**
     * Loads a frame.
     *
     * @param frame from 0
     * @return its values in plain order, complex ones as (re, im); new for each call
     */
    float[] load(int frame);
}
