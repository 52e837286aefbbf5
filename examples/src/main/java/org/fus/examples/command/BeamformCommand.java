package org.fus.examples.command;

import java.nio.file.Path;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "beamform", description = "Makes an ensemble of IQ images from channel data.")
final class BeamformCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(paramLabel = "IN", description = "Channel data of any supported format.")
    private Path in;

    @Mixin
    private RecordingOption recording;

    @Mixin
    private ImagingOptions imaging;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "The result: .npy (complex64 [frame][z][y][x], with FILE.json beside it) or .png (its B-mode).")
    private Path out;

    @Override
    public void run() {
        DasOptions das = imaging.das();
        BeamformingMethod method = imaging.method();
        Results results = new Results(fus, out);
        Content content = FusFiles.open(in, recording.options());
        results.warn(content.origin().warnings());
        if (!(content instanceof Content.Channels channels)) {
            throw new FusUnsupportedException(
                    in + ": nothing to beamform (expected channel data, got " + content.kind() + ")");
        }
        RfData data = imaging.select(in, channels.data());
        ProcessingRecipe recipe = ProcessingRecipe.of(imaging.gridFor(data.format()), Product.BMODE)
                .withDas(das)
                .withMethod(method);
        IqEnsemble ensemble = Pipeline.forData(recipe, data).beamform(data, fus.context());
        results.write(Content.of(ensemble));
    }
}
