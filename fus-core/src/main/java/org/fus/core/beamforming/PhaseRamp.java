package org.fus.core.beamforming;

/** Phasors that turn evenly, in double: exact every few values, by multiplication between. */
final class PhaseRamp {
    private static final int EXACT_EVERY = 32;

    private PhaseRamp() {}

    /** Value {@code i} is {@code exp(2 pi j (first + i step))}, angles in turns. */
    static void fill(double first, double step, float[] re, float[] im, int count) {
        double stepRe = cos(step);
        double stepIm = sin(step);
        double c = 0;
        double s = 0;
        for (int i = 0; i < count; i++) {
            if (i % EXACT_EVERY == 0) {
                c = cos(first + i * step);
                s = sin(first + i * step);
            }
            re[i] = (float) c;
            im[i] = (float) s;
            double next = c * stepRe - s * stepIm;
            s = c * stepIm + s * stepRe;
            c = next;
        }
    }

    private static double cos(double turns) {
        return Math.cos(2 * Math.PI * (turns - Math.rint(turns)));
    }

    private static double sin(double turns) {
        return Math.sin(2 * Math.PI * (turns - Math.rint(turns)));
    }
}
