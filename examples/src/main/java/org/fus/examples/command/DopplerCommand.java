package org.fus.examples.command;

import java.nio.file.Path;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "doppler", description = "Makes a map from an ensemble of IQ images.")
final class DopplerCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(paramLabel = "IN", description = "An IQ ensemble, such as 'fus beamform' writes.")
    private Path in;

    @Mixin
    private DopplerOptions doppler;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = Results.MAP_DESCRIPTION)
    private Path out;

    @Override
    public void run() {
        Results results = new Results(fus, out);
        results.requireRoomFor(doppler.product());
        Content content = FusFiles.open(in);
        results.warn(content.origin().warnings());
        if (!(content instanceof Content.Iq iq)) {
            throw new FusUnsupportedException(in + ": no ensemble (expected iq, got " + content.kind()
                    + "); make one with 'fus beamform', or do both steps with 'fus process'");
        }
        IqEnsemble ensemble = iq.ensemble();
        Clutter clutter = doppler.clutterFor(in, ensemble.frames());
        DopplerFrame map = Pipeline.doppler(ensemble, clutter, doppler.product(), fus.context());
        results.writeMap(map, ensemble.frames() / ensemble.timing().frameRateHz());
    }
}
