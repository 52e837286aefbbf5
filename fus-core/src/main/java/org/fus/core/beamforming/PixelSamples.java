package org.fus.core.beamforming;

/**
 * The aligned samples of one pixel and frame: one complex value per active element, in the order of the elements. An echo
 * from the pixel has the same phase in all of them. Work space of one task.
 */
final class PixelSamples {
    final double[] re;
    final double[] im;
    /** Apodization; the samples themselves are without it. */
    final double[] weight;

    /** Elements that are active. */
    int count;

    PixelSamples(int elements) {
        this.re = new double[elements];
        this.im = new double[elements];
        this.weight = new double[elements];
    }
}
