package org.fus.core.beamforming;

/**
 * Capon's minimum-variance beamformer: the weights that let the aligned wavefront through unchanged and let as little else
 * through as the samples allow, {@code w = R^-1 a / (a^H R^-1 a)} with {@code a} all ones. R is the mean over overlapping
 * sub-arrays, which decorrelates echoes of one pulse, optionally over both directions of each, plus {@code loading} times
 * its mean diagonal on the diagonal. The value is N times the mean output of the sub-arrays: that of delay-and-sum for a
 * coherent wavefront. The window of the plan is not used, since the weights are found. Everything in double.
 *
 * <p>{@code O(N L + L^3 / 3)} per pixel and frame for sub-arrays of L elements.
 *
 * @param subArray length of the sub-arrays as a fraction of the active elements, above 0 and up to 0.5, beyond which R has
 *     no full rank; default 0.5
 * @param loading diagonal loading over the mean diagonal; default 0.01
 * @param forwardBackward whether R is averaged with its mirror image; default true
 * @see <a href="https://doi.org/10.1109/PROC.1969.7278">Capon 1969, high-resolution frequency-wavenumber spectrum
 *     analysis</a>
 * @see <a href="https://doi.org/10.1109/TUFFC.2007.431">Synnevag et al. 2007, adaptive beamforming applied to medical
 *     ultrasound imaging, where the defaults are from</a>
 * @see <a href="https://doi.org/10.1109/ULTSYM.2009.5441521">Asl and Mahloojifar 2009, forward-backward averaging</a>
 */
public record Capon(double subArray, double loading, boolean forwardBackward) implements PixelMethod {
    /** Half the aperture, loading of 1 %, both directions. */
    public static final Capon DEFAULT = new Capon(0.5, 0.01, true);

    /** Checks the choices. */
    public Capon {
        if (!(subArray > 0) || !(subArray <= 0.5)) {
            throw new IllegalArgumentException("capon sub-array of " + subArray
                    + " of the aperture, expected above 0 and up to 0.5: longer ones leave the covariance singular");
        }
        if (!(loading > 0) || !Double.isFinite(loading)) {
            throw new IllegalArgumentException(
                    "capon loading " + loading + " must be positive, such as 0.01 of the mean diagonal");
        }
    }

    @Override
    public String text() {
        return "capon:" + subArray + ":" + loading + (forwardBackward ? ":fb" : ":f");
    }

    /** Memory of one task. */
    static final class Work {
        private final double[] re;
        private final double[] im;
        private final double[] weightRe;
        private final double[] weightIm;

        Work(int elements) {
            int longest = elements / 2 + 1;
            this.re = new double[longest * longest];
            this.im = new double[longest * longest];
            this.weightRe = new double[longest];
            this.weightIm = new double[longest];
        }

        static long bytes(int elements) {
            long longest = elements / 2 + 1L;
            return Double.BYTES * 2 * (longest * longest + longest);
        }
    }

    int subArrayLength(int elements) {
        return Math.max(1, (int) Math.floor(subArray * elements));
    }

    /** Writes the value of the pixel. */
    void combine(PixelSamples s, Work work, double[] value) {
        int n = s.count;
        value[0] = 0;
        value[1] = 0;
        if (n == 0) {
            return;
        }
        int length = subArrayLength(n);
        covariance(s, length, work);
        double trace = 0;
        for (int i = 0; i < length; i++) {
            trace += work.re[i * length + i];
        }
        if (trace == 0) {
            return;
        }
        for (int i = 0; i < length; i++) {
            work.re[i * length + i] += loading * trace / length;
        }
        weights(work, length);
        output(s, work, length, value);
    }

    /** Lower triangle of R. Entry (i + 1, j + 1) is entry (i, j) less its first product and plus one more. */
    private void covariance(PixelSamples s, int length, Work work) {
        int arrays = s.count - length + 1;
        double[] re = work.re;
        double[] im = work.im;
        for (int lag = 0; lag < length; lag++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int l = 0; l < arrays; l++) {
                sumRe += productRe(s, l + lag, l);
                sumIm += productIm(s, l + lag, l);
            }
            for (int j = 0; j + lag < length; j++) {
                int i = j + lag;
                if (j > 0) {
                    sumRe += productRe(s, i - 1 + arrays, j - 1 + arrays) - productRe(s, i - 1, j - 1);
                    sumIm += productIm(s, i - 1 + arrays, j - 1 + arrays) - productIm(s, i - 1, j - 1);
                }
                re[i * length + j] = sumRe / arrays;
                im[i * length + j] = sumIm / arrays;
            }
        }
        if (forwardBackward) {
            mirror(re, im, length);
        }
    }

    /** Averages entry (i, j) with the conjugate of its mirror image (L-1-i, L-1-j), which stands at (L-1-j, L-1-i). */
    private static void mirror(double[] re, double[] im, int length) {
        for (int i = 0; i < length; i++) {
            for (int j = 0; j <= i; j++) {
                int a = i * length + j;
                int b = (length - 1 - j) * length + length - 1 - i;
                if (a < b) {
                    re[a] = 0.5 * (re[a] + re[b]);
                    im[a] = 0.5 * (im[a] + im[b]);
                    re[b] = re[a];
                    im[b] = im[a];
                }
            }
        }
    }

    private static double productRe(PixelSamples s, int i, int j) {
        return s.re[i] * s.re[j] + s.im[i] * s.im[j];
    }

    private static double productIm(PixelSamples s, int i, int j) {
        return s.im[i] * s.re[j] - s.re[i] * s.im[j];
    }

    /** Cholesky factor in place, then {@code R^-1 a}, divided by {@code a^H R^-1 a}. */
    private static void weights(Work work, int n) {
        double[] re = work.re;
        double[] im = work.im;
        double[] x = work.weightRe;
        double[] y = work.weightIm;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double a = re[i * n + j];
                double b = i == j ? 0 : im[i * n + j];
                for (int k = 0; k < j; k++) {
                    a -= re[i * n + k] * re[j * n + k] + im[i * n + k] * im[j * n + k];
                    b -= im[i * n + k] * re[j * n + k] - re[i * n + k] * im[j * n + k];
                }
                if (i == j) {
                    re[i * n + i] = Math.sqrt(a);
                    im[i * n + i] = 0;
                } else {
                    re[i * n + j] = a / re[j * n + j];
                    im[i * n + j] = b / re[j * n + j];
                }
            }
        }
        double norm = 0;
        for (int i = 0; i < n; i++) {
            double a = 1;
            double b = 0;
            for (int k = 0; k < i; k++) {
                a -= re[i * n + k] * x[k] - im[i * n + k] * y[k];
                b -= re[i * n + k] * y[k] + im[i * n + k] * x[k];
            }
            x[i] = a / re[i * n + i];
            y[i] = b / re[i * n + i];
            norm += x[i] * x[i] + y[i] * y[i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double a = x[i];
            double b = y[i];
            for (int k = i + 1; k < n; k++) {
                a -= re[k * n + i] * x[k] + im[k * n + i] * y[k];
                b -= re[k * n + i] * y[k] - im[k * n + i] * x[k];
            }
            x[i] = a / re[i * n + i];
            y[i] = b / re[i * n + i];
        }
        for (int i = 0; i < n; i++) {
            x[i] /= norm;
            y[i] /= norm;
        }
    }

    private static void output(PixelSamples s, Work work, int length, double[] value) {
        int arrays = s.count - length + 1;
        double re = 0;
        double im = 0;
        for (int l = 0; l < arrays; l++) {
            for (int i = 0; i < length; i++) {
                double a = work.weightRe[i];
                double b = -work.weightIm[i];
                re += a * s.re[l + i] - b * s.im[l + i];
                im += a * s.im[l + i] + b * s.re[l + i];
            }
        }
        value[0] = re * s.count / arrays;
        value[1] = im * s.count / arrays;
    }
}
