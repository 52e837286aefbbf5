package org.fus.core.pipeline;

import org.fus.core.signal.Demodulator;
import org.fus.core.signal.FirDemodulator;
import org.fus.core.signal.ZeroPhaseDemodulator;

/** How RF becomes IQ. */
public sealed interface Demodulation {
    /** Zero-phase Butterworth at the full rate: offline, also for band-pass sampled data. */
    record ZeroPhase() implements Demodulation {
        @Override
        public Demodulator demodulator() {
            return ZeroPhaseDemodulator.standard();
        }
    }

    /**
     * Streaming FIR filter with decimation, for data sampled at four times the centre frequency or more.
     *
     * @param decimation RF samples per IQ sample
     */
    record Fir(int decimation) implements Demodulation {
        @Override
        public Demodulator demodulator() {
            return FirDemodulator.decimatingBy(decimation);
        }
    }

    /**
     * The demodulator that does it.
     *
     * @return stateless
     */
    Demodulator demodulator();
}
