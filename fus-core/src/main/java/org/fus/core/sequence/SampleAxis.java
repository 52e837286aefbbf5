package org.fus.core.sequence;

import java.util.List;

/**
 * When the samples of each transmit are taken: sample {@code k} of transmit {@code i} is at
 * {@code startTimesS.get(i) + k / samplingFrequencyHz} after the first element fired. Immutable.
 *
 * @param samplingFrequencyHz samples per second, hertz
 * @param startTimesS time of sample 0 of each transmit, seconds
 * @param samples samples per channel and transmit
 */
public record SampleAxis(double samplingFrequencyHz, List<Double> startTimesS, int samples) {
    /** Checks and copies. */
    public SampleAxis {
        startTimesS = List.copyOf(startTimesS);
        if (!(samplingFrequencyHz > 0) || !Double.isFinite(samplingFrequencyHz)) {
            throw new IllegalArgumentException(
                    "samplingFrequencyHz is " + samplingFrequencyHz + ", expected a positive number");
        }
        for (double t : startTimesS) {
            if (!Double.isFinite(t)) {
                throw new IllegalArgumentException("startTimesS holds " + t + ", expected finite seconds");
            }
        }
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " samples per channel, expected at least 1");
        }
    }

    /**
     * An axis on which all transmits start at the same time.
     *
     * @param samplingFrequencyHz samples per second, hertz
     * @param startTimeS time of sample 0, seconds
     * @param transmits number of transmits
     * @param samples samples per channel and transmit
     * @return the axis
     */
    public static SampleAxis common(double samplingFrequencyHz, double startTimeS, int transmits, int samples) {
        return new SampleAxis(samplingFrequencyHz, java.util.Collections.nCopies(transmits, startTimeS), samples);
    }

    /**
     * Time of a sample.
     *
     * @param transmit from 0
     * @param sample from 0
     * @return seconds after the first element fired
     */
    public double timeS(int transmit, int sample) {
        return startTimesS.get(transmit) + sample / samplingFrequencyHz;
    }

    /**
     * The axis of one transmit alone.
     *
     * @param transmit from 0
     * @return an axis for one transmit
     */
    public SampleAxis only(int transmit) {
        return new SampleAxis(samplingFrequencyHz, List.of(startTimesS.get(transmit)), samples);
    }
}
