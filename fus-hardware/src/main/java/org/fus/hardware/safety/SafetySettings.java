package org.fus.hardware.safety;

import java.util.ArrayList;
import java.util.List;

/**
 * What the monitor watches for. Immutable.
 *
 * @param heartbeatS time between two heartbeats to the device, seconds; below the watchdog of 1 s
 * @param voltageToleranceFraction allowed difference between voltage set and read back, part of the voltage
 * @param voltageToleranceV allowed difference at low voltages, volts; the larger of the two counts
 * @param freezeS time without a block taken after which the device is switched off, seconds
 * @param maximumOnS longest run, seconds
 * @param diskReserveBytes free space below which a run ends, bytes
 */
public record SafetySettings(
        double heartbeatS,
        double voltageToleranceFraction,
        double voltageToleranceV,
        double freezeS,
        double maximumOnS,
        long diskReserveBytes) {
    /**
     * A heartbeat every 0.25 s; 10 % or 2 V; off after 30 s in which nobody took a block, and after 4 h; 1 GiB of disk.
     */
    public static final SafetySettings DEFAULT = new SafetySettings(0.25, 0.1, 2, 30, 4 * 3600, 1L << 30);

    /** Checks the figures. */
    public SafetySettings {
        List<String> problems = new ArrayList<>();
        if (!(heartbeatS >= 0.01) || heartbeatS > 0.5) {
            problems.add("heartbeatS is " + heartbeatS + ", expected 0.01 to 0.5");
        }
        if (!(voltageToleranceFraction > 0) || voltageToleranceFraction > 0.5) {
            problems.add("voltageToleranceFraction is " + voltageToleranceFraction + ", expected more than 0 to 0.5");
        }
        if (!(voltageToleranceV > 0) || voltageToleranceV > 10) {
            problems.add("voltageToleranceV is " + voltageToleranceV + ", expected more than 0 to 10");
        }
        if (!(freezeS > 0) || !(maximumOnS > 0)) {
            problems.add("freezeS is " + freezeS + " and maximumOnS " + maximumOnS + ", expected more than 0");
        }
        if (diskReserveBytes < 0) {
            problems.add("diskReserveBytes is " + diskReserveBytes + ", expected 0 or more");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("safety settings: " + String.join("; ", problems));
        }
    }

    /**
     * The same with another time to freeze.
     *
     * @param seconds without a block taken
     * @return a changed copy
     */
    public SafetySettings withFreezeS(double seconds) {
        return new SafetySettings(
                heartbeatS, voltageToleranceFraction, voltageToleranceV, seconds, maximumOnS, diskReserveBytes);
    }

    /**
     * The same with another longest run.
     *
     * @param seconds longest run
     * @return a changed copy
     */
    public SafetySettings withMaximumOnS(double seconds) {
        return new SafetySettings(
                heartbeatS, voltageToleranceFraction, voltageToleranceV, freezeS, seconds, diskReserveBytes);
    }

    /**
     * The same with another reserve.
     *
     * @param bytes free space
     * @return a changed copy
     */
    public SafetySettings withDiskReserveBytes(long bytes) {
        return new SafetySettings(heartbeatS, voltageToleranceFraction, voltageToleranceV, freezeS, maximumOnS, bytes);
    }
}
