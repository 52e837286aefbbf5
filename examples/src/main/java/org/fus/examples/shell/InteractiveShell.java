package org.fus.examples.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.tool.JavaShellToolBuilder;

/** The JDK's own JShell at a terminal, with the SDK on its class path. */
public final class InteractiveShell {
    private InteractiveShell() {}

    /**
     * Runs until the user leaves.
     *
     * @return the exit code that the user gave to {@code /exit}, else 0
     * @throws IOException when the temporary folder cannot be written
     */
    public static int run() throws IOException {
        Path startup = Files.createTempFile("fus-", ".jsh");
        try {
            Files.writeString(startup, ShellSetup.startup());
            List<String> options = new ArrayList<>(List.of("--class-path", ShellSetup.classPath()));
            options.addAll(List.of("--startup", "DEFAULT", "--startup", startup.toString()));
            options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
            ShellSetup.JVM_OPTIONS.forEach(o -> options.add("-R" + o));
            return JavaShellToolBuilder.builder().start(options.toArray(String[]::new));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("JShell cannot start: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(startup);
        }
    }
}
