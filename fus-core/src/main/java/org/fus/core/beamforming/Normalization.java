package org.fus.core.beamforming;

/** What the sum over transmits and elements is divided by. */
public enum Normalization {
    /** Nothing: a plain sum, the usual and the default. */
    SUM,
    /** The number of transmits that reach the pixel. */
    TRANSMITS,
    /** The sum of the weights of all transmits and elements: a weighted mean, even where the aperture is cut. */
    WEIGHTS
}
