package org.fus.examples.command;

import java.nio.file.Path;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "convert",
        description = {
            "Converts between formats, by extension.",
            "A .npy has its description beside it (FILE.json). A .png shows a map, the B-mode of an ensemble, or the"
                    + " mean over time of a series (its first pose, middle slice)."
        })
final class ConvertCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(index = "0", paramLabel = "IN", description = "A file of any supported format.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The new file: .npy, .scan, .bps, .bri, .raw or .png.")
    private Path out;

    @Mixin
    private OpenOption open;

    @Override
    public void run() {
        Results results = new Results(fus, out);
        Content content = FusFiles.open(in, open.options());
        results.warn(content.origin().warnings());
        results.write(content);
    }
}
