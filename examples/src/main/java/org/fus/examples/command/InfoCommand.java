package org.fus.examples.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.error.FusException;
import org.fus.io.FusFiles;
import org.fus.io.Verification;
import org.fus.io.content.Content;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "info",
        description =
                "Tells what is in a file: shape, voxel size, duration, frame rate, probe, sequence, subject, session,"
                        + " integrity, then geometry, times and metadata. --json prints all of it.")
final class InfoCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(paramLabel = "FILE", description = "A file of any supported format.")
    private Path file;

    @Mixin
    private OpenOption open;

    @Option(
            names = "--verify",
            description = "Read all of the file and compare every checksum that its format has; says which these are.")
    private boolean verify;

    @Override
    public void run() {
        String compared = verify ? verified() : "";
        Content content = FusFiles.open(file, open.options());
        String json =
                FusFiles.infoJson(verify ? content.withOrigin(content.origin().withIntegrity(compared)) : content);
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

    private String verified() {
        Verification verification = Verification.of(file);
        List<String> problems = verification.problems();
        if (!problems.isEmpty()) {
            problems.subList(0, problems.size() - 1).forEach(fus.err()::println);
            throw new FusException(problems.getLast() + " (" + problems.size() + " problems in all)");
        }
        return verification.compared();
    }
}
