package org.fus.hardware;

/**
 * What a device can do at most.
 *
 * @param channels channels it receives at the same time
 * @param transmits firings per frame
 * @param samples samples per channel and firing
 * @param samplingFrequencyHz samples per second, hertz
 * @param pulseRepetitionFrequencyHz firings per second, hertz
 * @param blockBytes bytes per block
 */
public record DeviceLimits(
        int channels,
        int transmits,
        int samples,
        double samplingFrequencyHz,
        double pulseRepetitionFrequencyHz,
        long blockBytes) {
    /** Checks that every limit leaves something to do. */
    public DeviceLimits {
        if (channels < 1
                || transmits < 1
                || samples < 1
                || blockBytes < 1
                || !(samplingFrequencyHz > 0)
                || !(pulseRepetitionFrequencyHz > 0)) {
            throw new IllegalArgumentException("device limits of " + channels + " channels, " + transmits
                    + " transmits, " + samples + " samples, " + samplingFrequencyHz + " Hz sampling, "
                    + pulseRepetitionFrequencyHz + " Hz firing, " + blockBytes + " bytes: all must be positive");
        }
    }
}
