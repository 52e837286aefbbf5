package org.fus.core.beamforming;

/**
 * Delay-multiply-and-sum on analytic samples. With the square root {@code r = s / sqrt|s|} of each sample, which keeps its
 * phase and brings products back to the dimension of a signal, the products of all pairs of elements consist of a part at
 * twice the centre frequency and one at zero:
 *
 * <pre>A = sum over i &lt; j of r[i] r[j] = ((sum r)^2 - sum r^2) / 2
 *B = sum over i &lt; j of Re(r[i] conj(r[j])) = (|sum r|^2 - sum |r|^2) / 2</pre>
 *
 * <p>The filtered variant (F-DMAS) is A alone: the band-pass filter around twice the centre frequency, without the grid
 * as fine as RF that a filter along depth needs. Its phase is that of twice the centre frequency, and the images say so,
 * so that velocities come out right. Without the filter it is A + B, with the ripple that the filter is there for. Window
 * weights multiply the square roots. {@code O(N)} per pixel and frame.
 *
 * @param filtered F-DMAS, the form in use; without it, DMAS before its filter
 * @see <a href="https://doi.org/10.1109/TMI.2014.2371235">Matrone et al. 2015, the delay multiply and sum beamforming
 *     algorithm</a>
 */
public record DelayMultiplyAndSum(boolean filtered) implements PixelMethod {
    @Override
    public String text() {
        return filtered ? "fdmas" : "dmas";
    }

    /** Writes A, or A + B, to {@code value}. */
    void combine(PixelSamples s, double[] value) {
        double re = 0;
        double im = 0;
        double squareRe = 0;
        double squareIm = 0;
        double energy = 0;
        for (int e = 0; e < s.count; e++) {
            double magnitude = Math.sqrt(s.re[e] * s.re[e] + s.im[e] * s.im[e]);
            if (magnitude == 0) {
                continue;
            }
            double scale = s.weight[e] / Math.sqrt(magnitude);
            double a = scale * s.re[e];
            double b = scale * s.im[e];
            re += a;
            im += b;
            squareRe += a * a - b * b;
            squareIm += 2 * a * b;
            energy += a * a + b * b;
        }
        value[0] = 0.5 * (re * re - im * im - squareRe);
        value[1] = 0.5 * (2 * re * im - squareIm);
        if (!filtered) {
            value[0] += 0.5 * (re * re + im * im - energy);
        }
    }
}
