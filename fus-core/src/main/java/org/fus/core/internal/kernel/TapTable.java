package org.fus.core.internal.kernel;

/**
 * Weights of an interpolation over several neighbouring samples, for fractions {@code i / STEPS} of the way from one
 * sample to the next; between these, straight lines. On weights of Lanczos kernels that is exact to 4e-7.
 *
 * @param firstTap offset of the first sample taken from the sample before the delay, at most 0
 * @param taps samples taken
 * @param shift added to the delay before it is cut into whole and fraction: 0.5 takes the nearest sample
 * @param weights {@code [fraction][tap]}, {@code (STEPS + 1) * taps}
 */
@SuppressWarnings("ArrayRecordComponent") // read in place by kernels, never compared or shared with hosts
public record TapTable(int firstTap, int taps, float shift, float[] weights) {
    /** Steps from one sample to the next. */
    public static final int STEPS = 2048;

    /** Most samples that any interpolation takes. */
    public static final int MAX_TAPS = 6;

    /** Whole samples of a delay, or a negative number when it does not contribute. */
    public int whole(float delay, int samples) {
        float shifted = delay + shift;
        // the comparison comes first: a delay far outside does not fit an int
        return delay >= 0 && shifted < samples - (firstTap + taps - 1) ? (int) shifted : -1;
    }

    /** The weights at a fraction. */
    public void weightsAt(float fraction, float[] target) {
        float at = fraction * STEPS;
        int step = Math.min((int) at, STEPS - 1);
        float part = at - step;
        int i = step * taps;
        for (int tap = 0; tap < taps; tap++) {
            target[tap] = weights[i + tap] + part * (weights[i + taps + tap] - weights[i + tap]);
        }
    }
}
