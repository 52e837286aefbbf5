package org.fus.hardware.sim;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.simulation.BrainSlice;
import org.fus.core.simulation.VascularScene;
import org.fus.hardware.DeviceProvider;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.internal.UriSettings;

/**
 * Opens simulated scanners by the probe that is plugged in and looks at a slice of brain:
 * {@code sim:icoprime?seed=1&flow-mm-s=5&vessel-depth-mm=6.5&voltage=25&latency-ms=20&drift-ppm=20}, every setting optional.
 * With {@code tier=image} it looks at a piece of brain in the laboratory and computes images in real time;
 * {@code stimulus=loop-out1} names the line that stimulates it.
 */
public final class SimulatedScannerProvider implements DeviceProvider {
    private static final Set<String> SETTINGS = Set.of(
            "tier",
            "stimulus",
            "seed",
            "flow-mm-s",
            "vessel-depth-mm",
            "voltage",
            "latency-ms",
            "drift-ppm",
            "jitter-ms");

    private static final List<String> CHANNEL_SETTINGS = List.of("flow-mm-s", "vessel-depth-mm");

    /** For {@link java.util.ServiceLoader}. */
    public SimulatedScannerProvider() {}

    @Override
    public String scheme() {
        return "sim";
    }

    @Override
    public List<String> examples() {
        return List.of("sim:icoprime?seed=1", "sim:icoprime?tier=image");
    }

    @Override
    public UltrasoundDevice open(URI uri) {
        UriSettings settings = UriSettings.of(uri, SETTINGS);
        SimulatedBehaviour usual = SimulatedBehaviour.DEFAULT;
        BrainSlice slice = BrainSlice.DEFAULT;
        slice = slice.withSeed(settings.whole("seed", slice.seed()))
                .withFlowMPerS(settings.number("flow-mm-s", slice.flowMPerS() * 1e3) * 1e-3)
                .withVesselDepthM(settings.number("vessel-depth-mm", slice.vesselDepthM() * 1e3) * 1e-3);
        String tier = settings.values().getOrDefault("tier", "channel");
        if (!tier.equals("channel") && !tier.equals("image")) {
            throw new IllegalArgumentException(uri + ": tier is '" + tier + "', expected channel or image");
        }
        SimulatedScannerBuilder scanner = SimulatedScanner.builder()
                .probe(probe(settings))
                .stimulusLine(settings.values().getOrDefault("stimulus", "loop-out1"));
        if (tier.equals("image")) {
            List<String> other = CHANNEL_SETTINGS.stream()
                    .filter(settings.values()::containsKey)
                    .toList();
            if (!other.isEmpty()) {
                throw new IllegalArgumentException(
                        uri + ": " + String.join(", ", other) + " belong to tier=channel; leave them out");
            }
            scanner.scene(VascularScene.DEFAULT.withSeed(settings.whole("seed", VascularScene.DEFAULT.seed())));
        } else {
            scanner.phantom(slice);
        }
        return scanner.behaviour(usual.withConnectLatencyS(
                                settings.number("latency-ms", usual.connectLatencyS() * 1e3) * 1e-3)
                        .withVoltage(settings.number("voltage", usual.voltageV()), usual.voltageRampVPerS())
                        .withClock(
                                settings.number("drift-ppm", usual.clockDriftPpm()),
                                settings.number("jitter-ms", usual.jitterS() * 1e3) * 1e-3))
                .open();
    }

    private static Probe probe(UriSettings settings) {
        return ProbeCatalogue.all().stream()
                .filter(p -> plain(p.name()).equals(plain(settings.target())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(settings.uri() + ": probe '" + settings.target()
                        + "' is not in the catalogue " + ProbeCatalogue.all()));
    }

    /** Letters and digits, so that nobody has to remember hyphens. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
