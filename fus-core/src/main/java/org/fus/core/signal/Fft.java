package org.fus.core.signal;

import org.fus.core.internal.fft.ComplexFft;
import org.fus.core.internal.fft.SmoothLengths;

/**
 * The complex discrete Fourier transform of one record in double precision, of any length. Immutable and thread-safe.
 *
 * <pre>forward  X[k] = sum over s of x[s] exp(-2 pi j s k / n)
 *inverse  x[s] = 1/n sum over k of X[k] exp(+2 pi j s k / n)</pre>
 *
 * <p>Costs {@code O(n log n)} for every length. Lengths whose prime factors are at most 13 are transformed directly;
 * others as a convolution (Bluestein 1970, doi:10.1109/TAU.1970.1162132), about six times slower. A call allocates its
 * work area: 16 bytes per sample, or up to 100 for the other lengths. Errors are a few units of the last place times
 * {@code log n}.
 */
public final class Fft {
    private static final int LARGEST = 1 << 28;

    private final ComplexFft transform;

    private Fft(ComplexFft transform) {
        this.transform = transform;
    }

    /**
     * Prepares the transform of a length.
     *
     * @param length complex samples, 1 to 2^28
     * @return the transform, with its roots computed
     * @throws IllegalArgumentException for another length
     */
    public static Fft ofLength(int length) {
        if (length < 1 || length > LARGEST) {
            throw new IllegalArgumentException(
                    "Fourier transform of " + length + " samples, expected 1 to " + LARGEST + "; split the record");
        }
        return new Fft(ComplexFft.of(length));
    }

    /**
     * The shortest even length at which transforms are fast: a product of 2, 3 and 5.
     *
     * @param atLeast samples that must fit
     * @return at least {@code atLeast}; pad records to it with zeros
     */
    public static int fastLength(int atLeast) {
        return SmoothLengths.evenAtLeast(atLeast);
    }

    /**
     * The length that this transform was prepared for.
     *
     * @return complex samples
     */
    public int length() {
        return transform.length();
    }

    /**
     * Transforms in place.
     *
     * @param pairs holds {@code length()} interleaved (re, im) samples
     * @param offset index of the first real part
     * @throws IndexOutOfBoundsException when the record does not lie within the array
     */
    public void forward(double[] pairs, int offset) {
        java.util.Objects.checkFromIndexSize(offset, 2 * length(), pairs.length);
        transform.forward(pairs, offset, new double[transform.workLength()]);
    }

    /**
     * Transforms back in place, divided by the length, so that it undoes {@link #forward}.
     *
     * @param pairs holds {@code length()} interleaved (re, im) values
     * @param offset index of the first real part
     * @throws IndexOutOfBoundsException when the record does not lie within the array
     */
    public void inverse(double[] pairs, int offset) {
        java.util.Objects.checkFromIndexSize(offset, 2 * length(), pairs.length);
        transform.backward(pairs, offset, new double[transform.workLength()]);
        for (int i = offset; i < offset + 2 * length(); i++) {
            pairs[i] /= length();
        }
    }
}
