package org.fus.core.sequence;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The firings of one compounded frame, in order. Immutable.
 *
 * @param transmits the firings, at least one
 * @param centerFrequencyHz centre frequency of the emitted pulse, hertz
 * @param pulseRepetitionFrequencyHz firings per second, hertz
 * @param soundSpeedMPerS speed of sound that the delays assume, metres per second
 */
public record TransmitSequence(
        List<Transmit> transmits, double centerFrequencyHz, double pulseRepetitionFrequencyHz, double soundSpeedMPerS) {
    /** Speed of sound in soft tissue, the default of the field: 1540 m/s. */
    public static final double SOFT_TISSUE_M_PER_S = 1540;

    /** Checks and copies. */
    public TransmitSequence {
        transmits = List.copyOf(transmits);
        if (transmits.isEmpty()) {
            throw new IllegalArgumentException("a transmit sequence needs at least one transmit");
        }
        requirePositive("centerFrequencyHz", centerFrequencyHz);
        requirePositive("pulseRepetitionFrequencyHz", pulseRepetitionFrequencyHz);
        requirePositive("soundSpeedMPerS", soundSpeedMPerS);
    }

    /**
     * Plane waves with evenly spaced tilts.
     *
     * @param firstRad tilt of the first wave
     * @param lastRad tilt of the last wave
     * @param count number of waves; 1 takes {@code firstRad} alone
     * @param centerFrequencyHz centre frequency of the pulse, hertz
     * @param pulseRepetitionFrequencyHz firings per second, hertz
     * @return the sequence, for {@link #SOFT_TISSUE_M_PER_S}
     */
    public static TransmitSequence planeWaves(
            double firstRad, double lastRad, int count, double centerFrequencyHz, double pulseRepetitionFrequencyHz) {
        List<Transmit> waves = IntStream.range(0, count)
                .<Transmit>mapToObj(i -> new Transmit.PlaneWave(
                        count == 1 ? firstRad : firstRad + (lastRad - firstRad) * i / (count - 1)))
                .toList();
        return new TransmitSequence(waves, centerFrequencyHz, pulseRepetitionFrequencyHz, SOFT_TISSUE_M_PER_S);
    }

    /**
     * The number of firings per frame.
     *
     * @return at least 1
     */
    public int size() {
        return transmits.size();
    }

    /**
     * Compounded frames per second when firings follow each other without a pause.
     *
     * @return hertz
     */
    public double frameRateHz() {
        return pulseRepetitionFrequencyHz / transmits.size();
    }

    /**
     * The sequence of one of its transmits alone, fired once per original frame.
     *
     * @param transmit from 0
     * @return a sequence of one transmit with the frame rate of this one
     */
    public TransmitSequence only(int transmit) {
        return new TransmitSequence(
                List.of(transmits.get(transmit)), centerFrequencyHz, frameRateHz(), soundSpeedMPerS);
    }

    private static void requirePositive(String name, double v) {
        if (!(v > 0) || !Double.isFinite(v)) {
            throw new IllegalArgumentException(
                    "transmit sequence " + name + " is " + v + ", expected a positive number");
        }
    }
}
