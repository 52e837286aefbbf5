package org.fus.hardware.safety;

import java.util.ArrayList;
import java.util.List;

/**
 * All settings that decide how much sound goes into the animal, apart from the program. Immutable; they change in one place,
 * {@link SafetyMonitor#setOutput}.
 *
 * @param voltageV high voltage, volts
 * @param voltageCapV what the voltage must never exceed with this probe, volts; public tables name 25 V for L22-14v and
 *     IcoPrime, 20 V for L15-Xtech
 * @param pulseCycles length of the pulse, periods of its frequency; 0.5 to 32, what public systems allow
 * @param dutyCycleCap part of the time in which it may emit at most; 0.01 is usual in fUS
 */
public record AcousticOutputSettings(double voltageV, double voltageCapV, double pulseCycles, double dutyCycleCap) {
    /** 25 V capped at 25 V, pulses of 2 cycles, at most 1 % of the time. */
    public static final AcousticOutputSettings DEFAULT = new AcousticOutputSettings(25, 25, 2, 0.01);

    /** Checks the figures, all of them. */
    public AcousticOutputSettings {
        List<String> problems = new ArrayList<>();
        if (!(voltageCapV >= 0) || Double.isInfinite(voltageCapV)) {
            problems.add("voltageCapV is " + voltageCapV + ", expected 0 or more");
        }
        if (!(voltageV >= 0) || voltageV > voltageCapV) {
            problems.add("voltageV is " + voltageV + ", expected 0 to voltageCapV = " + voltageCapV);
        }
        if (!(pulseCycles >= 0.5) || pulseCycles > 32) {
            problems.add("pulseCycles is " + pulseCycles + ", expected 0.5 to 32");
        }
        if (!(dutyCycleCap > 0) || dutyCycleCap > 1) {
            problems.add("dutyCycleCap is " + dutyCycleCap + ", expected more than 0, at most 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("acoustic output: " + String.join("; ", problems));
        }
    }

    /**
     * The same at another voltage.
     *
     * @param volts 0 to the cap
     * @return a changed copy
     */
    public AcousticOutputSettings withVoltageV(double volts) {
        return new AcousticOutputSettings(volts, voltageCapV, pulseCycles, dutyCycleCap);
    }
}
