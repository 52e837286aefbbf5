package org.fus.examples.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fus.examples.shell.InteractiveShell;
import org.fus.examples.shell.ScriptShell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "shell",
        description = {
            "JShell with the SDK imported and show(map) at hand.",
            "With FILE, or when stdin is not a terminal, runs the snippets one after the other, prints their values,"
                    + " and stops at the first that fails with exit code 1."
        })
final class ShellCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand fus;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Java snippets to run; - is stdin.")
    private Optional<Path> file;

    @Override
    public Integer call() throws IOException {
        if (file.isPresent() && !file.get().toString().equals("-")) {
            String snippets = Files.readString(file.get());
            return runScript(file.get().toString(), snippets);
        }
        if (file.isEmpty() && Terminal.isInteractive()) {
            return InteractiveShell.run();
        }
        return runScript("stdin", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }

    private int runScript(String name, String snippets) {
        Optional<ScriptShell.Failure> failure = ScriptShell.run(snippets, fus.out());
        fus.out().flush();
        failure.ifPresent(f -> fus.err().println("fus: " + name + ":" + f.line() + ": " + f.reason()));
        return failure.isPresent() ? 1 : 0;
    }
}
