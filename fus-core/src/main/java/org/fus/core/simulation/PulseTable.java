package org.fus.core.simulation;

import java.util.function.DoubleUnaryOperator;
import org.fus.core.sequence.GaussianPulse;

/**
 * A pulse sampled at 512 shifts of a fraction of a sample, one row each, so that an echo is one row added to a trace.
 * Times are counted in ticks of 2^-16 sample.
 */
final class PulseTable {
    static final int TICK_BITS = 16;
    static final int TICKS = 1 << TICK_BITS;
    private static final int PHASE_BITS = 9;
    private static final int PHASES = 1 << PHASE_BITS;

    /** Half a table step, in ticks: added before a time is split, so that the nearest row is taken. */
    static final int HALF_STEP = 1 << (TICK_BITS - PHASE_BITS - 1);

    // 4 standard deviations: the envelope is then below -69 dB
    private static final double HALF_SUPPORT = 4;

    private final int length;
    private final float[] rows;

    private PulseTable(DoubleUnaryOperator pulse, double halfSupportS, double samplingFrequencyHz) {
        int reach = (int) Math.ceil(halfSupportS * samplingFrequencyHz) + 1;
        this.length = (2 * reach + 15) / 16 * 16;
        this.rows = new float[PHASES * length];
        for (int p = 0; p < PHASES; p++) {
            for (int j = 0; j < length; j++) {
                double t = (j - lead() - p / (double) PHASES) / samplingFrequencyHz;
                rows[p * length + j] = (float) pulse.applyAsDouble(t);
            }
        }
    }

    static PulseTable of(GaussianPulse pulse, double samplingFrequencyHz) {
        return new PulseTable(pulse::at, HALF_SUPPORT * pulse.sigmaS(), samplingFrequencyHz);
    }

    /** The derivative of the pulse over time, per sample. */
    static PulseTable derivative(GaussianPulse pulse, double samplingFrequencyHz) {
        // central difference over 2e-3 sample: its error is below 1e-5 of the slope
        double h = 1e-3 / samplingFrequencyHz;
        return new PulseTable(
                t -> (pulse.at(t + h) - pulse.at(t - h)) / (2 * h * samplingFrequencyHz),
                HALF_SUPPORT * pulse.sigmaS(),
                samplingFrequencyHz);
    }

    /** Samples per row, a multiple of 16. */
    int length() {
        return length;
    }

    /** Samples of a row before the sample in which the pulse has its centre. */
    int lead() {
        return length / 2 - 1;
    }

    float[] rows() {
        return rows;
    }

    /** First cell of the row for a time. */
    int row(int ticks) {
        return ((ticks >> (TICK_BITS - PHASE_BITS)) & (PHASES - 1)) * length;
    }
}
