package org.fus.hardware.live;

import java.util.Locale;
import java.util.Optional;
import org.fus.core.error.FusDeviceException;
import org.fus.core.probe.Probe;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.ProbePort;
import org.fus.hardware.UltrasoundDevice;

/**
 * How a device stands at a moment, to be shown beside the maps.
 *
 * @param state its state
 * @param highVoltage the reading; nothing when the device does not answer
 * @param probe name of the probe that is plugged in
 * @param probeTemperatureC of that probe, degrees Celsius; NaN when it is not known
 */
public record DeviceStatus(
        DeviceState state, Optional<HighVoltageReading> highVoltage, Optional<String> probe, double probeTemperatureC) {
    /**
     * Asks a device; in every state.
     *
     * @param device the device
     * @return its status of now
     */
    public static DeviceStatus of(UltrasoundDevice device) {
        Optional<HighVoltageReading> reading;
        try {
            reading = Optional.of(device.highVoltage());
        } catch (FusDeviceException e) {
            reading = Optional.empty(); // closed or crashed, as the state tells
        }
        Optional<ProbePort> port =
                device.probes().stream().filter(p -> p.probe().isPresent()).findFirst();
        return new DeviceStatus(
                device.state(),
                reading,
                port.flatMap(ProbePort::probe).map(Probe::name),
                port.map(ProbePort::temperatureC).orElse(Double.NaN));
    }

    @Override
    public String toString() {
        return state
                + highVoltage
                        .map(v -> String.format(Locale.ROOT, ", %.1f V", v.measuredV()))
                        .orElse(", no voltage reading")
                + probe.map(p -> ", " + p).orElse(", no probe")
                + (Double.isNaN(probeTemperatureC) ? "" : String.format(Locale.ROOT, ", %.1f C", probeTemperatureC));
    }
}
