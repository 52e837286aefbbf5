package org.fus.hardware.sim;

import java.net.URI;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.simulation.BrainSlice;
import org.fus.hardware.DeviceProvider;
import org.fus.hardware.UltrasoundDevice;

/**
 * Opens simulated scanners: {@code fus-sim:brain?seed=1&flow-mm-s=5&vessel-depth-mm=6.5&probe=IcoPrime}, every setting
 * optional.
 */
public final class SimulatedScannerProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SimulatedScannerProvider() {}

    @Override
    public String scheme() {
        return "fus-sim";
    }

    @Override
    public UltrasoundDevice open(URI uri) {
        String[] parts = uri.getSchemeSpecificPart().split("\\?", 2);
        if (!parts[0].equals("brain")) {
            throw new IllegalArgumentException(
                    uri + ": '" + parts[0] + "' is no simulated scene, expected fus-sim:brain");
        }
        BrainSlice slice = BrainSlice.DEFAULT;
        SimulatedScanner.Builder builder = SimulatedScanner.builder();
        String[] settings = parts.length == 1 ? new String[0] : parts[1].split("&", -1);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String key = equals < 0 ? setting : setting.substring(0, equals);
            String value = setting.substring(equals + 1);
            switch (key) {
                case "seed" -> slice = slice.withSeed(whole(uri, key, value));
                case "flow-mm-s" -> slice = slice.withFlowMPerS(number(uri, key, value) * 1e-3);
                case "vessel-depth-mm" -> slice = slice.withVesselDepthM(number(uri, key, value) * 1e-3);
                case "probe" ->
                    builder.probe(ProbeCatalogue.find(value)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    uri + ": probe '" + value + "' is not in the catalogue " + ProbeCatalogue.all())));
                default ->
                    throw new IllegalArgumentException(uri + ": unknown setting '" + key
                            + "', expected seed, flow-mm-s, vessel-depth-mm or probe");
            }
        }
        return builder.phantom(slice).open();
    }

    private static long whole(URI uri, String key, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(uri + ": " + key + " is '" + value + "', expected a whole number", e);
        }
    }

    private static double number(URI uri, String key, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(uri + ": " + key + " is '" + value + "', expected a number", e);
        }
    }
}
