package org.fus.core.beamforming;

/** How the transmits of a frame come together. For {@link PlainSum} the first two are the same. */
public enum Compounding {
    /** The samples of each element are summed over transmits, then the method is applied once (the default). */
    COHERENT,
    /** The method is applied to each transmit, and its complex images are summed. */
    COHERENT_IMAGES,
    /** The method is applied to each transmit, and the magnitudes of its images are summed: less speckle, no phase. */
    INCOHERENT
}
