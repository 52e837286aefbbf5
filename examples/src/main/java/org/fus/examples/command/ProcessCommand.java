package org.fus.examples.command;

import java.nio.file.Path;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "process",
        description = "Makes a map from channel data or from an IQ ensemble, in one go: one block, all its frames.")
final class ProcessCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(paramLabel = "IN", description = "Channel data or an IQ ensemble of any supported format.")
    private Path in;

    @Mixin
    private RecordingOption recording;

    @Mixin
    private ImagingOptions imaging;

    @Mixin
    private DopplerOptions doppler;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = Results.MAP_DESCRIPTION)
    private Path out;

    @Override
    public void run() {
        DasOptions das = imaging.das();
        BeamformingMethod method = imaging.method();
        Results results = new Results(fus, out);
        results.requireRoomFor(doppler.product());
        Content content = FusFiles.open(in, recording.options());
        results.warn(content.origin().warnings());
        switch (content) {
            case Content.Channels c -> fromChannels(imaging.select(in, c.data()), das, method, results);
            case Content.Iq c -> fromEnsemble(c.ensemble(), results);
            default ->
                throw new FusUnsupportedException(
                        in + ": nothing to process (expected channel-data or iq, got " + content.kind() + ")");
        }
    }

    private void fromChannels(RfData data, DasOptions das, BeamformingMethod method, Results results) {
        Clutter clutter = doppler.clutterFor(in, data.frames());
        ProcessingRecipe recipe = ProcessingRecipe.of(imaging.gridFor(data.format()), doppler.product())
                .withDas(das)
                .withMethod(method)
                .withClutter(clutter);
        DopplerFrame map = Pipeline.forData(recipe, data).process(data, fus.context());
        results.writeMap(map, data.frames() / data.format().sequence().frameRateHz());
    }

    private void fromEnsemble(IqEnsemble ensemble, Results results) {
        if (imaging.needsChannels()) {
            throw new IllegalArgumentException(
                    in + ": holds images, so options of the beamformer have no meaning (expected channel data, got"
                       + " iq); leave out --grid, --transmit, --f-number and all others that say how channels become"
                       + " images");
        }
        Clutter clutter = doppler.clutterFor(in, ensemble.frames());
        DopplerFrame map = Pipeline.doppler(ensemble, clutter, doppler.product(), fus.context());
        results.writeMap(map, ensemble.frames() / ensemble.timing().frameRateHz());
    }
}
