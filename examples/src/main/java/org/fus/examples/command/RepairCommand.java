package org.fus.examples.command;

import java.nio.file.Path;
import java.util.List;
import org.fus.io.record.Integrity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "repair",
        description = {
            "Ends a recording, or a .scan that was growing, after a crash.",
            "Nothing that was acknowledged is changed; blocks that cannot be read are put aside. Nobody may be writing"
                    + " to the file."
        })
final class RepairCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(paramLabel = "FILE", description = "A recording (.zarr) or a .scan.")
    private Path file;

    @Override
    public void run() {
        List<String> done = Integrity.repair(file);
        if (fus.json()) {
            fus.printJson(done);
        } else if (done.isEmpty()) {
            fus.out().println("nothing to repair");
        } else {
            done.forEach(fus.out()::println);
        }
    }
}
