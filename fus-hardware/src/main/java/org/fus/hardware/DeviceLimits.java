package org.fus.hardware;

import java.util.Objects;

/**
 * What a device can do at most.
 *
 * @param channels channels it receives at the same time
 * @param transmits firings per frame
 * @param samples samples per channel and firing
 * @param samplingFrequencyHz samples per second, hertz
 * @param pulseRepetitionFrequencyHz firings per second, hertz
 * @param blockBytes bytes per block
 * @param voltageV high voltage, volts; 0 for a device that has none
 * @param dutyCycle part of the time in which it may emit, 0 to 1
 * @param probeTemperatureC temperature of the face of the probe, degrees Celsius
 * @param clocks what it makes of times and frequencies that it is asked for
 */
public record DeviceLimits(
        int channels,
        int transmits,
        int samples,
        double samplingFrequencyHz,
        double pulseRepetitionFrequencyHz,
        long blockBytes,
        double voltageV,
        double dutyCycle,
        double probeTemperatureC,
        ClockGrid clocks) {
    /** Checks that every limit leaves something to do. */
    public DeviceLimits {
        Objects.requireNonNull(clocks, "clocks");
        if (channels < 1
                || transmits < 1
                || samples < 1
                || blockBytes < 1
                || !(samplingFrequencyHz > 0)
                || !(voltageV >= 0)
                || !(dutyCycle > 0)
                || !(probeTemperatureC > 0)
                || !(pulseRepetitionFrequencyHz > 0)) {
            throw new IllegalArgumentException("device limits of " + channels + " channels, " + transmits
                    + " transmits, " + samples + " samples, " + samplingFrequencyHz + " Hz sampling, "
                    + pulseRepetitionFrequencyHz + " Hz firing, " + blockBytes + " bytes, " + voltageV
                    + " V, duty cycle " + dutyCycle + ", "
                    + probeTemperatureC + " degrees Celsius: all must be positive");
        }
    }

    /**
     * The same with another share of the time for emissions.
     *
     * @param fraction 0 to 1
     * @return a changed copy
     */
    public DeviceLimits withDutyCycle(double fraction) {
        return new DeviceLimits(
                channels,
                transmits,
                samples,
                samplingFrequencyHz,
                pulseRepetitionFrequencyHz,
                blockBytes,
                voltageV,
                fraction,
                probeTemperatureC,
                clocks);
    }

    /**
     * The same with other clocks.
     *
     * @param grid the clocks
     * @return a changed copy
     */
    public DeviceLimits withClocks(ClockGrid grid) {
        return new DeviceLimits(
                channels,
                transmits,
                samples,
                samplingFrequencyHz,
                pulseRepetitionFrequencyHz,
                blockBytes,
                voltageV,
                dutyCycle,
                probeTemperatureC,
                grid);
    }
}
