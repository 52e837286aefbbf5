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
            converter = ProductConverter.class,
            description = "The map: " + Product.FORMS + " (default: power).")
    private Product kind;

    @Option(
            names = "--clutter",
            paramLabel = "FILTER",
            converter = ClutterConverter.class,
            description = "What removes tissue: " + Clutter.FORMS
                    + " (default: svd:40 for power of any kind, none for the others).")
    private Optional<Clutter> clutter;

    Product product() {
        return kind;
    }

    /** The filter, once it is known to fit: to find out after the beamforming would be late. */
    Clutter clutterFor(Path file, int frames) {
        return fitting(file, frames, kind, clutter);
    }

    /** The filter that the user chose. */
    Optional<Clutter> chosen() {
        return clutter;
    }

    /** The filter for a map, once it is known to fit. */
    static Clutter fitting(Path file, int frames, Product kind, Optional<Clutter> clutter) {
        if (frames < kind.leastFrames()) {
            throw new IllegalArgumentException(file + ": no " + kind.text() + " map from " + frames
                    + (frames == 1 ? " frame" : " frames") + " (expected at least " + kind.leastFrames() + ", got "
                    + frames + "); use --kind power or bmode");
        }
        Clutter chosen = clutter.orElse(kind.defaultClutter());
        try {
            chosen.filter().requireFrames(frames);
        } catch (IllegalArgumentException e) {
            String reason = chosen instanceof Clutter.Svd(int removed)
                    ? "expected a cutoff below " + frames + ", got " + removed
                    : e.getMessage();
            throw new IllegalArgumentException(
                    file + ": clutter filter " + chosen.text() + " does not fit " + frames
                            + (frames == 1 ? " frame" : " frames") + " (" + reason
                            + "); choose another with --clutter, or use --clutter none",
                    e);
        }
        return chosen;
    }
}
