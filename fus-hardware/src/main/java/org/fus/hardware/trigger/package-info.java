/**
 * Triggers in and out, each edge with its times, the clocks behind them, and stimulation paradigms.
 */
package org.fus.hardware.trigger;
