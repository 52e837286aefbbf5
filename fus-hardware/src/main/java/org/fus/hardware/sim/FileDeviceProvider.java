package org.fus.hardware.sim;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.fus.core.error.FusUnsupportedException;
import org.fus.hardware.DeviceProvider;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.internal.UriSettings;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;

/**
 * Opens recordings of RF samples or IQ images, in every format that {@link FusFiles} reads, as devices:
 * {@code file:/data/rat1.zarr?pace=realtime&repeat=true&gain=0.5}. By default blocks come as fast as they are taken, once.
 */
public final class FileDeviceProvider implements DeviceProvider {
    private static final Set<String> SETTINGS = Set.of("pace", "repeat", "gain");

    /** For {@link java.util.ServiceLoader}. */
    public FileDeviceProvider() {}

    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public List<String> examples() {
        return List.of("file:recording.zarr?pace=realtime");
    }

    @Override
    public UltrasoundDevice open(URI uri) {
        UriSettings settings = UriSettings.of(uri, SETTINGS);
        double gain = settings.number("gain", 1);
        if (!(gain > 0)) {
            throw new IllegalArgumentException(uri + ": gain is " + gain + ", expected more than 0");
        }
        String pace = settings.values().getOrDefault("pace", "free");
        if (!pace.equals("free") && !pace.equals("realtime")) {
            throw new IllegalArgumentException(uri + ": pace is '" + pace + "', expected free or realtime");
        }
        SimulatedScannerBuilder scanner = SimulatedScanner.builder();
        String name = "recording " + settings.target();
        boolean paced = pace.equals("realtime");
        boolean repeat = settings.flag("repeat");
        switch (FusFiles.open(path(settings))) {
            case Content.Channels channels -> scanner.replay(name, channels.recording(), t -> gain, paced, repeat);
            case Content.Iq iq -> scanner.replay(name, iq.recording(), t -> gain, paced, repeat);
            default ->
                throw new FusUnsupportedException(settings.target()
                        + ": holds neither channel data nor IQ images (expected what a device delivers)");
        }
        return scanner.behaviour(SimulatedBehaviour.DEFAULT
                        .withConnectLatencyS(0)
                        .withVoltage(0, 500)
                        .withClock(0, 0))
                .open();
    }

    private static Path path(UriSettings settings) {
        String target = settings.target();
        try {
            return Path.of(target.startsWith("///") ? target.substring(2) : target);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(settings.uri() + ": '" + target + "' is no path", e);
        }
    }
}
