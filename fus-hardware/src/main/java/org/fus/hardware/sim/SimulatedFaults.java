package org.fus.hardware.sim;

import org.fus.core.probe.Probe;

/** Things that go wrong in a simulated scanner, made to happen by a test. Thread-safe; each takes effect at once. */
public interface SimulatedFaults {
    /** Pulls the probe out. A scanner that may fire trips by itself. */
    void unplugProbe();

    /**
     * Plugs a probe in, in place of the one before. A scanner that may fire trips by itself when it is another one.
     *
     * @param probe the probe
     */
    void plugProbe(Probe probe);

    /**
     * Makes the supply give another voltage than was set, which the scanner does not notice.
     *
     * @param errorV added to the voltage while it is up, volts; 0 mends it
     */
    void voltageError(double errorV);

    /**
     * Sets the temperature of the probe. The scanner trips by itself above its limit.
     *
     * @param celsius degrees; NaN gives it back to the model
     */
    void probeTemperature(double celsius);

    /**
     * Makes all blocks from now on come late.
     *
     * @param seconds how much, 0 or more; 0 mends it
     */
    void lateBlocks(double seconds);

    /** Makes the next block find no free slot. */
    void overflow();

    /**
     * Makes heartbeats get lost on their way.
     *
     * @param lost whether they do
     */
    void loseHeartbeats(boolean lost);

    /** Makes the scanner stop answering; its own watchdog has cut the voltage. Only {@code close} helps. */
    void crash();
}
