package org.fus.hardware.sim;

import java.util.Optional;
import org.fus.core.probe.Probe;
import org.fus.hardware.DeviceFault;

/** The faults of a simulated scanner that a test has switched on. */
final class InjectedFaults implements SimulatedFaults {
    private final ScannerCore core;
    private volatile boolean heartbeatsLost;
    private volatile boolean crashed;
    private volatile boolean overflowNext;
    private volatile double lateS;

    InjectedFaults(ScannerCore core) {
        this.core = core;
    }

    boolean heartbeatsLost() {
        return heartbeatsLost;
    }

    boolean crashed() {
        return crashed;
    }

    double lateS() {
        return lateS;
    }

    /** Whether the next block finds no slot; asked once per block. */
    boolean takeOverflow() {
        boolean forced = overflowNext;
        overflowNext = false;
        return forced;
    }

    @Override
    public void unplugProbe() {
        core.probeIs(Optional.empty());
    }

    @Override
    public void plugProbe(Probe other) {
        core.probeIs(Optional.of(other));
    }

    @Override
    public void voltageError(double errorV) {
        core.electronics().voltageError(errorV);
    }

    @Override
    public void probeTemperature(double celsius) {
        core.electronics().forceTemperature(celsius);
    }

    @Override
    public void lateBlocks(double seconds) {
        lateS = seconds;
    }

    @Override
    public void overflow() {
        overflowNext = true;
    }

    @Override
    public void loseHeartbeats(boolean lost) {
        heartbeatsLost = lost;
    }

    @Override
    public void crash() {
        crashed = true;
        core.trip(new DeviceFault(
                DeviceFault.Kind.CRASHED, "the device does not answer any more; close it and open it again"));
    }
}
