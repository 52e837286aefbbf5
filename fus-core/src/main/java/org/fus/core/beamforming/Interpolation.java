package org.fus.core.beamforming;

/**
 * How a value between samples comes about. A delay of {@code k + f} samples takes the samples {@code k + firstTap()} and
 * on. It contributes when {@code 0 <= delay} and the last sample that it takes exists; samples before the first are 0.
 */
public enum Interpolation {
    /** The nearest sample. */
    NEAREST(0, 1) {
        @Override
        double weight(int tap, double f) {
            return 1;
        }
    },
    /** A straight line between two samples. */
    LINEAR(0, 2) {
        @Override
        double weight(int tap, double f) {
            return tap == 0 ? 1 - f : f;
        }
    },
    /** The parabola through the sample before and the two behind (forward Lagrange), as MUST has it. */
    QUADRATIC(0, 3) {
        @Override
        double weight(int tap, double f) {
            return switch (tap) {
                case 0 -> (f - 1) * (f - 2) / 2;
                case 1 -> f * (2 - f);
                default -> f * (f - 1) / 2;
            };
        }
    },
    /** Cubic convolution over four samples with a = -1/2 (Keys 1981, doi:10.1109/TASSP.1981.1163711). */
    CUBIC(-1, 4) {
        @Override
        double weight(int tap, double f) {
            return switch (tap) {
                case 0 -> f * (-1 + f * (2 - f)) / 2;
                case 1 -> 1 + f * f * (3 * f - 5) / 2;
                case 2 -> f * (1 + f * (4 - 3 * f)) / 2;
                default -> f * f * (f - 1) / 2;
            };
        }
    },
    /** Lanczos kernel of order 2, {@code sinc(x) sinc(x / 2)} over four samples: three lobes, as MUST names it. */
    LANCZOS3(-1, 4) {
        @Override
        double weight(int tap, double f) {
            return lanczos(f + 1 - tap);
        }
    },
    /** The same function over six samples, five lobes, as MUST has it. The textbook kernel of order 3 would divide by 3. */
    LANCZOS5(-2, 6) {
        @Override
        double weight(int tap, double f) {
            return lanczos(f + 2 - tap);
        }
    };

    private final int firstTap;
    private final int taps;

    Interpolation(int firstTap, int taps) {
        this.firstTap = firstTap;
        this.taps = taps;
    }

    /** Offset of the first sample taken from the sample before the delay. */
    int firstTap() {
        return firstTap;
    }

    /** The number of samples taken. */
    int taps() {
        return taps;
    }

    /** The weight of a sample, {@code f} from 0 to 1. */
    abstract double weight(int tap, double f);

    private static double lanczos(double x) {
        return sinc(x) * sinc(x / 2);
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
