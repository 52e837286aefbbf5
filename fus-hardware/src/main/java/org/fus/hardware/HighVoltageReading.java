package org.fus.hardware;

/**
 * One reading of the high voltage.
 *
 * @param on whether the supply is switched on
 * @param targetV what was set, volts; it is applied while the supply is on
 * @param measuredV what the supply measures, volts
 * @param settled whether the supply says that it has reached its target
 * @param hostTimeNs when, on the clock of {@link System#nanoTime()}
 */
public record HighVoltageReading(boolean on, double targetV, double measuredV, boolean settled, long hostTimeNs) {}
