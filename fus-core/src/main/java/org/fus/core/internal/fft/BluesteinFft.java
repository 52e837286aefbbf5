package org.fus.core.internal.fft;

/**
 * Transforms of any length as a convolution with a chirp, since {@code 2 s k = s^2 + k^2 - (k - s)^2}.
 *
 * @see <a href="https://doi.org/10.1109/TAU.1970.1162132">Bluestein 1970</a>
 */
final class BluesteinFft extends ComplexFft {
    private final MixedRadixFft inner;
    private final double[] chirp;
    private final double[] filter;

    BluesteinFft(int length) {
        super(length);
        this.inner = new MixedRadixFft(SmoothLengths.evenAtLeast(Math.multiplyExact(2, length) - 1));
        this.chirp = new double[2 * length];
        this.filter = new double[2 * inner.length()];
        for (int k = 0; k < length; k++) {
            root((long) k * k % (2L * length), 2L * length, chirp, 2 * k);
            int mirrored = k == 0 ? 0 : inner.length() - k;
            filter[2 * k] = chirp[2 * k] / inner.length();
            filter[2 * k + 1] = -chirp[2 * k + 1] / inner.length();
            filter[2 * mirrored] = filter[2 * k];
            filter[2 * mirrored + 1] = filter[2 * k + 1];
        }
        inner.forward(filter, 0, new double[inner.workLength()]);
    }

    @Override
    public int workLength() {
        return 2 * inner.length() + inner.workLength();
    }

    @Override
    public void forward(double[] pairs, int at, double[] work) {
        // The record lies behind the work area of the inner transform.
        int o = inner.workLength();
        for (int k = 0; k < length(); k++) {
            multiply(pairs, at + 2 * k, chirp, 2 * k, work, o + 2 * k);
        }
        java.util.Arrays.fill(work, o + 2 * length(), o + 2 * inner.length(), 0);
        inner.forward(work, o, work);
        for (int k = 0; k < inner.length(); k++) {
            multiply(work, o + 2 * k, filter, 2 * k, work, o + 2 * k);
        }
        inner.backward(work, o, work);
        for (int k = 0; k < length(); k++) {
            multiply(work, o + 2 * k, chirp, 2 * k, pairs, at + 2 * k);
        }
    }

    private static void multiply(double[] a, int i, double[] b, int j, double[] target, int at) {
        double re = a[i] * b[j] - a[i + 1] * b[j + 1];
        double im = a[i] * b[j + 1] + a[i + 1] * b[j];
        target[at] = re;
        target[at + 1] = im;
    }
}
