package org.fus.examples.command;

import java.nio.file.Path;
import java.util.Optional;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Product;
import picocli.CommandLine.Option;

/** How an ensemble becomes a map: the options that doppler and process share. */
final class DopplerOptions {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "power",
            description = "The map: power (default), color (axial velocity, positive towards the probe) or bmode.")
    private Product kind;

    @Option(
            names = "--clutter",
            paramLabel = "FILTER",
            converter = ClutterConverter.class,
            description =
                    "svd:N removes the N strongest singular components, none nothing (default: svd:40 for power, none"
                            + " for the others).")
    private Optional<Clutter> clutter;

    Product product() {
        return kind;
    }

    /** The filter, once it is known to fit: to find out after the beamforming would be late. */
    Clutter clutterFor(Path file, int frames) {
        if (kind == Product.COLOR && frames < 2) {
            throw new IllegalArgumentException(
                    file + ": no velocity from a single frame (expected at least 2, got 1); use --kind power or bmode");
        }
        Clutter chosen = clutter.orElse(kind.defaultClutter());
        if (chosen instanceof Clutter.Svd svd && svd.removed() >= frames) {
            throw new IllegalArgumentException(file + ": clutter filter " + chosen.text() + " does not fit " + frames
                    + (frames == 1 ? " frame" : " frames") + " (expected a cutoff below " + frames + ", got "
                    + svd.removed() + "); lower it with --clutter svd:N, or use --clutter none");
        }
        return chosen;
    }
}
