package org.fus.examples.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusException;

/** The C++ program of the same work, compiled on this machine and kept alive while Java is measured. */
final class NativeYardstick implements AutoCloseable {
    private static final String SOURCE = "das_yardstick.cpp";
    private static final List<String> COMPILER =
            List.of("g++", "-O3", "-march=native", "-ffast-math", "-mprefer-vector-width=512");

    private final Path folder;
    private final Process process;
    private final BufferedReader from;
    private final BufferedWriter to;

    private NativeYardstick(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.from = process.inputReader(StandardCharsets.UTF_8);
        this.to = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Why there can be no yardstick on this machine, if that is so. */
    static Optional<String> obstacle() {
        try {
            if (!new String(Files.readAllBytes(Path.of("/proc/cpuinfo")), StandardCharsets.UTF_8).contains("avx512f")) {
                return Optional.of("this processor has no AVX-512");
            }
        } catch (IOException notLinux) {
            return Optional.of("it runs on Linux only (" + notLinux.getMessage() + " cannot be read)");
        }
        try {
            Process p = new ProcessBuilder(COMPILER.getFirst(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return p.waitFor() == 0 ? Optional.empty() : Optional.of("g++ does not run");
        } catch (IOException absent) {
            return Optional.of("no g++ on this machine");
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static NativeYardstick start() {
        try {
            Path folder = Files.createTempDirectory("fus-bench");
            Path source = folder.resolve(SOURCE);
            try (InputStream in = NativeYardstick.class.getResourceAsStream(SOURCE)) {
                if (in == null) {
                    throw new FusException(SOURCE + " is missing from the jar; build it anew");
                }
                Files.copy(in, source);
            }
            Path program = folder.resolve("das_yardstick");
            List<String> command = new java.util.ArrayList<>(COMPILER);
            command.addAll(List.of(source.toString(), "-o", program.toString()));
            Process compiler =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String messages = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (compiler.waitFor() != 0) {
                throw new FusException("the native yardstick does not compile: " + messages.strip());
            }
            NativeYardstick yardstick = new NativeYardstick(
                    folder,
                    new ProcessBuilder(program.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
            yardstick.expectLine(); // "ready"
            return yardstick;
        } catch (IOException e) {
            throw new FusException("the native yardstick cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Milliseconds of one block. */
    double run() {
        try (Scanner answer = new Scanner(ask("run 1")).useLocale(Locale.ROOT)) {
            return answer.nextDouble();
        }
    }

    double checksum() {
        return Double.parseDouble(ask("check").strip());
    }

    private String ask(String command) {
        try {
            to.write(command);
            to.newLine();
            to.flush();
            return expectLine();
        } catch (IOException e) {
            throw new FusException("the native yardstick stopped: " + e.getMessage(), e);
        }
    }

    private String expectLine() throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new FusException("the native yardstick ended without an answer");
        }
        return line;
    }

    @Override
    public void close() {
        try {
            to.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new FusException("cannot clean up " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static FusException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FusException("interrupted", e);
    }
}
