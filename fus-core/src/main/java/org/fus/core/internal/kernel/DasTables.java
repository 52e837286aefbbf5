package org.fus.core.internal.kernel;

/**
 * The geometry of a delay-and-sum plan in the form that kernels read. Pixels go in tiles of {@link #TILE} neighbours that
 * share a run of elements: the hull of their apertures. The figures of a tile stand packed, {@code [element][pixel of
 * the tile]}, with weight 0 for an element outside the pixel's own aperture, so that nothing is read for the rest of the
 * array. The last tile may reach past the last pixel, with weights 0.
 *
 * @param pixels pixels of the image
 * @param samples samples per trace; a delay {@code d} contributes when {@code 0 <= d < samples - 1}
 * @param channels traces per transmit
 * @param stride cells from trace to trace; the cells {@code samples} and {@code samples + 1} of a trace are zero
 * @param firstElement per tile, its first element
 * @param start per tile, the index of its first element's figures divided by {@link #TILE}; one more entry at the end
 * @param rxDelay packed receive delays, samples
 * @param rxRe packed apodization times cos(phase of the receive delay)
 * @param rxIm packed apodization times sin(phase of the receive delay)
 * @param txDelay per transmit and pixel, transmit delay less the start time, samples
 * @param txRe per transmit and pixel, cos(phase of the transmit delay)
 * @param txIm per transmit and pixel, sin(phase of the transmit delay)
 */
@SuppressWarnings("ArrayRecordComponent") // read in place by kernels, never compared or shared with hosts
public record DasTables(
        int pixels,
        int samples,
        int channels,
        int stride,
        int[] firstElement,
        int[] start,
        float[] rxDelay,
        float[] rxRe,
        float[] rxIm,
        float[][] txDelay,
        float[][] txRe,
        float[][] txIm) {
    /** Pixels per tile. Two share the cache lines of their samples and still fit a vector kernel's registers. */
    public static final int TILE = 2;

    /** Kernels read whole vectors of delays, up to this many floats, past the last one. */
    public static final int SLACK = 16;

    public int tiles() {
        return firstElement.length;
    }

    public int transmits() {
        return txDelay.length;
    }
}
