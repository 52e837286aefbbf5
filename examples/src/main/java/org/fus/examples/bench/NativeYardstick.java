package org.fus.examples.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusException;

/** A native program of the same work, compiled on this machine and kept alive while Java is measured. */
final class NativeYardstick implements Yardstick {
    private final String name;
    private final Path folder;
    private final Process process;
    private final BufferedReader from;
    private final BufferedWriter to;

    private NativeYardstick(String name, Path folder, Process process) {
        this.name = name;
        this.folder = folder;
        this.process = process;
        this.from = process.inputReader(StandardCharsets.UTF_8);
        this.to = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Compiles, starts, and waits until the program has its inputs.
     *
     * @param arguments of the program
     */
    static NativeYardstick start(YardstickProgram program, String... arguments) throws YardstickUnavailableException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("fus-bench");
            List<String> command = new ArrayList<>(YardstickCompiler.command(program, folder));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            // A threaded BLAS would spin on the core that Java is measured on.
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            builder.environment().put("OMP_NUM_THREADS", "1");
            NativeYardstick yardstick = new NativeYardstick(program.source(), folder, builder.start());
            folder = null;
            String ready = yardstick.expectLine();
            if (!ready.startsWith("ready")) {
                yardstick.close();
                throw new FusException(program.source() + " said '" + ready + "', expected 'ready'");
            }
            return yardstick;
        } catch (IOException e) {
            throw new FusException(program.source() + " cannot be started: " + e.getMessage(), e);
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    @Override
    public double run(String variant) {
        String answer = ask("run " + variant + " 1");
        String[] figures = answer.strip().split(" ", -1);
        try {
            return Double.parseDouble(figures[0]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new FusException(name + " answered '" + answer + "', expected wall and CPU milliseconds", e);
        }
    }

    @Override
    public double checksum(String variant) {
        return Double.parseDouble(ask("check " + variant).strip());
    }

    private String ask(String command) {
        try {
            to.write(command);
            to.newLine();
            to.flush();
            return expectLine();
        } catch (IOException e) {
            throw new FusException(name + " stopped: " + e.getMessage(), e);
        }
    }

    private String expectLine() throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new FusException(name + " ended without an answer");
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
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new FusException("cannot clean up " + folder + ": " + e.getMessage(), e);
        }
    }

    static FusException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FusException("interrupted", e);
    }
}
