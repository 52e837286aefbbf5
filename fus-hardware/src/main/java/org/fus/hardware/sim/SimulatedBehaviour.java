package org.fus.hardware.sim;

/**
 * How the electronics of a simulated scanner behave.
 *
 * @param connectLatencyS how long it takes to connect, seconds
 * @param voltageV high voltage that is set when the scanner is opened, volts. Echoes do not depend on the voltage.
 * @param voltageRampVPerS how fast the voltage rises, volts per second; it falls ten times as fast when it is cut
 * @param ambientC temperature around the probe, degrees Celsius
 * @param heatingKPerW how much warmer the probe becomes per watt, in the end
 * @param heatingTimeS time constant of the warming, seconds
 * @param impedanceOhm of one element, ohms
 * @param watchdogS time without a heartbeat after which the scanner trips, seconds
 * @param clockDriftPpm how much faster the clock of the scanner runs than the host's, millionths
 * @param jitterS longest delay of a block and of the report of a trigger, seconds; spread evenly from 0
 */
public record SimulatedBehaviour(
        double connectLatencyS,
        double voltageV,
        double voltageRampVPerS,
        double ambientC,
        double heatingKPerW,
        double heatingTimeS,
        double impedanceOhm,
        double watchdogS,
        double clockDriftPpm,
        double jitterS) {
    /**
     * 20 ms to connect, 25 V (usual for the probes of this frequency) at 500 V/s, a room of 25 degrees, 40 K/W with 60 s,
     * 200 ohms, a watchdog of 1 s, a clock that runs 20 ppm fast, 0.5 ms of jitter.
     */
    public static final SimulatedBehaviour DEFAULT =
            new SimulatedBehaviour(0.02, 25, 500, 25, 40, 60, 200, 1.0, 20, 0.5e-3);

    /** Checks the figures. */
    public SimulatedBehaviour {
        if (!(connectLatencyS >= 0)
                || connectLatencyS > 60
                || !(voltageV >= 0)
                || !(voltageRampVPerS > 0)
                || !(heatingKPerW >= 0)
                || !(heatingTimeS > 0)
                || !(impedanceOhm > 0)
                || !(watchdogS > 0)
                || !(Math.abs(clockDriftPpm) < 10_000)
                || !(jitterS >= 0)
                || jitterS > 10
                || !Double.isFinite(ambientC)) {
            throw new IllegalArgumentException("behaviour " + connectLatencyS + " s to connect, " + voltageV + " V at "
                    + voltageRampVPerS + " V/s, " + ambientC + " degrees, " + heatingKPerW + " K/W, " + heatingTimeS
                    + " s, " + impedanceOhm + " ohm, watchdog " + watchdogS + " s, " + clockDriftPpm + " ppm, jitter "
                    + jitterS + " s: expected positive figures, at most 60 s to connect, 10000 ppm, 10 s of jitter");
        }
    }

    /**
     * The same with another time to connect.
     *
     * @param seconds 0 to 60
     * @return a changed copy
     */
    public SimulatedBehaviour withConnectLatencyS(double seconds) {
        return new SimulatedBehaviour(
                seconds,
                voltageV,
                voltageRampVPerS,
                ambientC,
                heatingKPerW,
                heatingTimeS,
                impedanceOhm,
                watchdogS,
                clockDriftPpm,
                jitterS);
    }

    /**
     * The same with another clock.
     *
     * @param ppm how much faster than the host's, millionths
     * @param jitter longest delay of a block, seconds
     * @return a changed copy
     */
    public SimulatedBehaviour withClock(double ppm, double jitter) {
        return new SimulatedBehaviour(
                connectLatencyS,
                voltageV,
                voltageRampVPerS,
                ambientC,
                heatingKPerW,
                heatingTimeS,
                impedanceOhm,
                watchdogS,
                ppm,
                jitter);
    }

    /**
     * The same with another high voltage supply.
     *
     * @param volts set when the scanner is opened
     * @param rampVPerS how fast it rises
     * @return a changed copy
     */
    public SimulatedBehaviour withVoltage(double volts, double rampVPerS) {
        return new SimulatedBehaviour(
                connectLatencyS,
                volts,
                rampVPerS,
                ambientC,
                heatingKPerW,
                heatingTimeS,
                impedanceOhm,
                watchdogS,
                clockDriftPpm,
                jitterS);
    }
}
