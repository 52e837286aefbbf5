package org.fus.core.beamforming;

/** Delay-and-sum: the sum of the samples times the window. {@code O(N)} per pixel and frame for N elements. */
public record PlainSum() implements PixelMethod {
    @Override
    public String text() {
        return "das";
    }

    /** Writes the weighted sum to {@code value}. */
    static void sum(PixelSamples s, double[] value) {
        double re = 0;
        double im = 0;
        for (int e = 0; e < s.count; e++) {
            re += s.weight[e] * s.re[e];
            im += s.weight[e] * s.im[e];
        }
        value[0] = re;
        value[1] = im;
    }
}
