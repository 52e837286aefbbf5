package org.fus.hardware;

import java.util.Optional;
import org.fus.core.probe.Probe;

/**
 * A connector for a probe.
 *
 * @param name the connector
 * @param probe the probe that is plugged in
 * @param temperatureC temperature of its face, degrees Celsius; NaN when not measured
 */
public record ProbePort(String name, Optional<Probe> probe, double temperatureC) {}
