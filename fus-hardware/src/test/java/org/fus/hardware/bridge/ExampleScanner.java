package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;

/** The example of the C library, compiled here with its own Makefile, and running. */
final class ExampleScanner implements AutoCloseable {
    private static final Path SOURCES = Path.of("..", "bridge", "c");

    private final Process process;
    private final int port;

    private ExampleScanner(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Compiles library and example; skips the test by name where there is no compiler, unless peers are required. */
    static Path compile(Path dir) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of("/usr/bin/cc")) && Files.isExecutable(Path.of("/usr/bin/make"));
        if (!there && Boolean.getBoolean("fus.requirePeers")) {
            throw new AssertionError("no C compiler (Debian packages gcc, make), and fus.requirePeers asks for it");
        }
        Assumptions.assumeThat(there)
                .as("a C compiler is installed (Debian packages gcc, make)")
                .isTrue();
        for (String file : List.of("fusb.c", "fusb.h", "example_scanner.c", "Makefile")) {
            Files.copy(SOURCES.resolve(file), dir.resolve(file));
        }
        Path log = dir.resolve("make.log");
        Process make = new ProcessBuilder("make", "-C", dir.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(make.waitFor(120, TimeUnit.SECONDS) && make.exitValue() == 0)
                .as("make: %s", Files.readString(log))
                .isTrue();
        return dir.resolve("example_scanner");
    }

    /** Starts it at a free port. */
    static ExampleScanner start(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        command.add("0");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said = process.inputReader();
            String line = said.readLine();
            assertThat(line).startsWith("listening at 127.0.0.1:");
            return new ExampleScanner(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri(String settings) {
        return URI.create("bridge://127.0.0.1:" + port + settings);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
