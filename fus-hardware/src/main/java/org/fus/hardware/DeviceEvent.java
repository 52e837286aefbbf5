package org.fus.hardware;

import java.util.Optional;

/** What happens on a device, in order. Times are on the clock of {@link System#nanoTime()}. */
public sealed interface DeviceEvent {
    /**
     * When it was noticed.
     *
     * @return nanoseconds
     */
    long hostTimeNs();

    /**
     * The device went from one state to another.
     *
     * @param hostTimeNs when
     * @param from the state before
     * @param to the state now
     * @param reason why
     */
    record StateChanged(long hostTimeNs, DeviceState from, DeviceState to, String reason) implements DeviceEvent {}

    /**
     * The high voltage was set, switched on or cut.
     *
     * @param hostTimeNs when
     * @param targetV where it goes, volts; 0 when it was cut
     * @param reason why
     */
    record HighVoltageChanged(long hostTimeNs, double targetV, String reason) implements DeviceEvent {}

    /**
     * Blocks were lost, because no slot of the ring was free.
     *
     * @param hostTimeNs when
     * @param block number of the block
     * @param lost blocks lost since the start of the run, this one included
     */
    record Overflowed(long hostTimeNs, long block, long lost) implements DeviceEvent {}

    /**
     * A block came later than its frames were fired.
     *
     * @param hostTimeNs when
     * @param block number of the block
     * @param lateS how much, seconds
     */
    record BlockLate(long hostTimeNs, long block, double lateS) implements DeviceEvent {}

    /**
     * A probe was plugged in or pulled out.
     *
     * @param hostTimeNs when
     * @param port the connector
     * @param probe name of the probe that is there now
     */
    record ProbeChanged(long hostTimeNs, String port, Optional<String> probe) implements DeviceEvent {}

    /**
     * The device went to its safe state.
     *
     * @param hostTimeNs when
     * @param fault why
     */
    record Faulted(long hostTimeNs, DeviceFault fault) implements DeviceEvent {}

    /**
     * Something odd that did no harm.
     *
     * @param hostTimeNs when
     * @param message what
     */
    record Warning(long hostTimeNs, String message) implements DeviceEvent {}
}
