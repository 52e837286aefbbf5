package org.fus.io.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Independent readers of the formats that this library writes. A test whose peer is not installed is skipped, and the skip
 * names it; with {@code -Dfus.requirePeers=true} it fails.
 */
public final class Peers {
    private static final long LIMIT_S = 60;

    private Peers() {}

    /** Runs {@code h5dump} of Debian's hdf5-tools and gives what it prints. */
    public static String h5dump(List<String> arguments) throws IOException, InterruptedException {
        Path tool = Path.of("/usr/bin/h5dump");
        require(Files.isExecutable(tool), "h5dump (Debian package hdf5-tools)");
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(arguments);
        return run(command);
    }

    /** Runs a script with Debian's Python and one of its modules, and gives what it prints. */
    public static String python(String module, String script, Path... arguments)
            throws IOException, InterruptedException {
        Path python = Path.of("/usr/bin/python3");
        boolean there = Files.isExecutable(python)
                && new ProcessBuilder(python.toString(), "-c", "import " + module)
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0;
        require(there, "python3 with " + module + " (Debian package python3-" + module + ")");
        List<String> command = new ArrayList<>(List.of(python.toString(), "-c", script));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        return run(command);
    }

    /** Skips or fails the calling test when a peer is missing. */
    public static void require(boolean there, String peer) {
        if (!there && Boolean.getBoolean("fus.requirePeers")) {
            Assertions.fail("the independent reader " + peer + " is not installed and fus.requirePeers is set");
        }
        Assumptions.assumeTrue(there, "the independent reader " + peer + " is not installed");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("peer", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
            process.destroyForcibly();
            String printed = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(ended)
                    .as("%s ends within %d s", command.getFirst(), LIMIT_S)
                    .isTrue();
            assertThat(process.waitFor())
                    .as("%s says: %s", command.getFirst(), printed)
                    .isZero();
            return printed;
        } finally {
            Files.delete(out);
        }
    }
}
