package org.fus.examples.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.fus.io.FusFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "info",
        description =
                "Tells what is in a file: shape, axes, units, geometry, times, metadata. --json prints all of it.")
final class InfoCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(paramLabel = "FILE", description = "A file of any supported format.")
    private Path file;

    @Mixin
    private OpenOption open;

    @Override
    public void run() {
        String json = FusFiles.infoJson(FusFiles.open(file, open.options()));
        if (fus.json()) {
            fus.out().println(json);
            return;
        }
        try {
            JsonNode info = new ObjectMapper().readTree(json);
            InfoText.lines(info).forEach(fus.out()::println);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the description is not JSON", e);
        }
    }
}
