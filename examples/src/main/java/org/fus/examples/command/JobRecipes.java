package org.fus.examples.command;

import java.nio.file.Path;
import java.util.Optional;
import org.fus.cloud.job.JobRecipe;
import org.fus.core.data.RfData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.io.content.Content;
import picocli.CommandLine;

/** Makes the recipe of a job from what a person chose, with the same defaults as {@code fus process}. */
final class JobRecipes {
    private final ImagingOptions imaging;
    private final DopplerOptions doppler;

    JobRecipes(ImagingOptions imaging, DopplerOptions doppler) {
        this.imaging = imaging;
        this.doppler = doppler;
    }

    /** What {@code fus process} does when nobody chooses. */
    static JobRecipes usual() {
        return new JobRecipes(
                CommandLine.populateCommand(new ImagingOptions()), CommandLine.populateCommand(new DopplerOptions()));
    }

    JobRecipe of(Path name, Content content) {
        return of(name, content, doppler.product(), doppler.chosen());
    }

    JobRecipe of(Content content, Product product, Optional<Clutter> clutter) {
        return of(Path.of(content.origin().file()), content, product, clutter);
    }

    private JobRecipe of(Path name, Content content, Product product, Optional<Clutter> clutter) {
        return switch (content) {
            case Content.Channels c -> {
                RfData data = c.data();
                if (imaging.needsOneTransmit()) {
                    throw new IllegalArgumentException("a job uses all transmits; leave out --transmit");
                }
                yield new JobRecipe.FromChannels(ProcessingRecipe.of(imaging.gridFor(data.format()), product)
                        .withDas(imaging.das())
                        .withMethod(imaging.method())
                        .withClutter(DopplerOptions.fitting(name, data.frames(), product, clutter)));
            }
            case Content.Iq c -> {
                if (imaging.needsChannels()) {
                    throw new IllegalArgumentException(name
                            + ": holds images, so options of the beamformer have no meaning (expected channel data, got"
                            + " iq); leave them out");
                }
                yield new JobRecipe.FromImages(
                        DopplerOptions.fitting(name, c.ensemble().frames(), product, clutter), product);
            }
            default ->
                throw new FusUnsupportedException(
                        name + ": nothing to process (expected channel-data or iq, got " + content.kind() + ")");
        };
    }
}
