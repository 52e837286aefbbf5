package org.fus.examples.command;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.probe.Probe;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.DeviceProvider;
import org.fus.hardware.Devices;
import org.fus.hardware.ProbePort;
import org.fus.hardware.UltrasoundDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lists the kinds of devices, or tells what one device is and can do. */
@Command(
        name = "devices",
        description = "Lists the kinds of devices, or tells what one device is and what it can do at most.")
final class DevicesCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(
            paramLabel = "URI",
            arity = "0..1",
            description = "A device, such as sim:icoprime?seed=1 or file:recording.zarr.")
    private URI uri;

    @Override
    public void run() {
        if (uri == null) {
            list();
        } else {
            describe();
        }
    }

    private void list() {
        List<Map<String, Object>> kinds = new ArrayList<>();
        for (DeviceProvider provider : Devices.providers()) {
            kinds.add(Map.of("scheme", provider.scheme(), "examples", provider.examples()));
        }
        if (fus.json()) {
            fus.printJson(kinds);
            return;
        }
        for (DeviceProvider provider : Devices.providers()) {
            String examples = String.join(", ", provider.examples());
            fus.out().println(provider.scheme() + ":" + (examples.isEmpty() ? "" : "  such as " + examples));
        }
    }

    private void describe() {
        try (UltrasoundDevice device = Devices.open(uri)) {
            DeviceLimits limits = device.limits();
            ProbePort port = device.probes().getFirst();
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("name", device.info().name());
            about.put("model", device.info().model());
            about.put("version", device.info().version());
            about.put("state", device.state().name());
            about.put("probe", port.probe().map(Probe::name).orElse("none"));
            about.put("channels", limits.channels());
            about.put("transmits", limits.transmits());
            about.put("samples", limits.samples());
            about.put("samplingFrequencyHz", limits.samplingFrequencyHz());
            about.put("pulseRepetitionFrequencyHz", limits.pulseRepetitionFrequencyHz());
            about.put("blockBytes", limits.blockBytes());
            about.put("voltageV", limits.voltageV());
            about.put("dutyCycle", limits.dutyCycle());
            about.put("probeTemperatureC", limits.probeTemperatureC());
            if (fus.json()) {
                fus.printJson(about);
            } else {
                about.forEach((name, value) -> fus.out().println(name + ": " + value));
            }
        }
    }
}
