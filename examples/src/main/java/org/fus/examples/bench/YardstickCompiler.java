package org.fus.examples.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.fus.core.error.FusException;

/** Compiles a yardstick for exactly this processor. */
final class YardstickCompiler {
    private static final List<String> COMMAND =
            List.of("g++", "-O3", "-march=native", "-ffast-math", "-mprefer-vector-width=512", "-pthread");

    private static final String HEADER = "yardstick.h";

    /** What the compiler and the linker say of a library that is not installed. */
    private static final Pattern ABSENT_LIBRARY =
            Pattern.compile("fatal error: (\\S+): No such file|cannot find (-l[^\\s:]+)");

    private YardstickCompiler() {}

    /**
     * What starts a program.
     *
     * @param folder receives its parts
     * @return a command without arguments
     * @throws YardstickUnavailableException when processor, compiler, Python or a library is missing
     */
    static List<String> command(YardstickProgram program, Path folder)
            throws YardstickUnavailableException, IOException {
        if (!program.source().endsWith(".py")) {
            return List.of(compile(program, folder).toString());
        }
        Path python = Path.of("/usr/bin/python3");
        for (String module : program.libraries()) {
            if (!Files.isExecutable(python)
                    || !run(List.of(python.toString(), "-c", "import " + module))
                            .isEmpty()) {
                throw new YardstickUnavailableException(
                        "Python's " + module + " is not installed (Debian: python3-" + module + ")");
            }
        }
        return List.of(python.toString(), copy(program.source(), folder).toString());
    }

    /**
     * Compiles into a folder.
     *
     * @return the executable
     * @throws YardstickUnavailableException when processor, compiler or a library is missing
     */
    private static Path compile(YardstickProgram program, Path folder)
            throws YardstickUnavailableException, IOException {
        requireAvx512();
        copy(HEADER, folder);
        Path source = copy(program.source(), folder);
        Path executable = folder.resolve("yardstick");
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of(source.toString(), "-o", executable.toString()));
        program.libraries().forEach(library -> command.add("-l" + library));
        String messages = run(command);
        if (Files.isExecutable(executable)) {
            return executable;
        }
        var absent = ABSENT_LIBRARY.matcher(messages);
        if (absent.find()) {
            String what = absent.group(1) == null ? absent.group(2) : absent.group(1);
            throw new YardstickUnavailableException(what + " is not installed");
        }
        throw new FusException(program.source() + " does not compile: " + messages.strip());
    }

    private static void requireAvx512() throws YardstickUnavailableException {
        try {
            if (!new String(Files.readAllBytes(Path.of("/proc/cpuinfo")), StandardCharsets.UTF_8).contains("avx512f")) {
                throw new YardstickUnavailableException("this processor has no AVX-512");
            }
        } catch (IOException notLinux) {
            throw new YardstickUnavailableException("yardsticks run on Linux only");
        }
    }

    private static Path copy(String name, Path folder) throws IOException {
        Path target = folder.resolve(name);
        try (InputStream in = YardstickCompiler.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FusException(name + " is missing from the jar; build it anew");
            }
            Files.copy(in, target);
        }
        return target;
    }

    private static String run(List<String> command) throws YardstickUnavailableException, IOException {
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException absent) {
            throw new YardstickUnavailableException("no g++ on this machine");
        }
        try (InputStream messages = compiler.getInputStream()) {
            String text = new String(messages.readAllBytes(), StandardCharsets.UTF_8);
            compiler.waitFor();
            return text;
        } catch (InterruptedException e) {
            compiler.destroyForcibly();
            throw NativeYardstick.interrupted(e);
        }
    }
}
