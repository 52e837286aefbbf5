package org.fus.hardware.sim;

import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.UploadedProgram;

/** High voltage that ramps and a probe that warms, each advanced in closed form when somebody looks. Thread-safe. */
final class Electronics {
    /** Distance from the target below which the supply says that it has settled, volts. */
    private static final double SETTLED_V = 0.1;

    /** Cycles of the pulse of a probe of usual bandwidth. */
    private static final double PULSE_CYCLES = 2;

    private final SimulatedBehaviour behaviour;
    private double targetV;
    private double volts;
    private double temperatureC;
    private double dutyCycle;
    private int elements;
    private long atNs = System.nanoTime();
    private double voltageErrorV;
    private double forcedTemperatureC = Double.NaN;

    // apart from the rest and without a lock, so that nothing can keep a cut waiting
    private volatile boolean on;

    Electronics(SimulatedBehaviour behaviour) {
        this.behaviour = behaviour;
        this.targetV = behaviour.voltageV();
        this.temperatureC = behaviour.ambientC();
    }

    void cut() {
        on = false;
    }

    void switchOn() {
        on = true;
    }

    boolean isOn() {
        return on;
    }

    synchronized void target(double newTargetV) {
        advance();
        targetV = newTargetV;
    }

    synchronized double targetV() {
        return targetV;
    }

    /** Takes the load of a program: what its emissions cost. */
    synchronized void load(UploadedProgram program) {
        advance();
        elements = program.format().probe().elements();
        dutyCycle = dutyCycle(program);
    }

    static double dutyCycle(UploadedProgram program) {
        var sequence = program.group().sequence();
        return sequence.pulseRepetitionFrequencyHz() * PULSE_CYCLES / sequence.centerFrequencyHz();
    }

    synchronized HighVoltageReading reading() {
        advance();
        double measured = Math.max(0, volts + (volts > 0 ? voltageErrorV : 0));
        double wanted = on ? targetV : 0;
        return new HighVoltageReading(on, targetV, measured, Math.abs(volts - wanted) <= SETTLED_V, System.nanoTime());
    }

    synchronized double temperatureC() {
        advance();
        return Double.isNaN(forcedTemperatureC) ? temperatureC : forcedTemperatureC;
    }

    synchronized void forceTemperature(double celsius) {
        forcedTemperatureC = celsius;
    }

    synchronized void voltageError(double errorV) {
        voltageErrorV = errorV;
    }

    /** T' = (P R + ambient - T) / tau, with the power of the present voltage, over the time since the last look. */
    private void advance() {
        long now = System.nanoTime();
        double s = (now - atNs) * 1e-9;
        atNs = now;
        double wanted = on ? targetV : 0;
        double step = behaviour.voltageRampVPerS() * s * (wanted < volts ? 10 : 1);
        volts = wanted > volts ? Math.min(wanted, volts + step) : Math.max(wanted, volts - step);
        double powerW = elements * volts * volts / 2 / behaviour.impedanceOhm() * dutyCycle;
        double finalC = behaviour.ambientC() + powerW * behaviour.heatingKPerW();
        temperatureC = finalC + (temperatureC - finalC) * Math.exp(-s / behaviour.heatingTimeS());
    }
}
