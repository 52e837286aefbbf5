package org.fus.examples.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What both kinds of shell start with. */
final class ShellSetup {
    /** The kernels need the Vector API, and files larger than the heap are mapped through native memory. */
    static final List<String> JVM_OPTIONS =
            List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

    private ShellSetup() {}

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The imports. */
    static String startup() {
        try (InputStream in = ShellSetup.class.getResourceAsStream("startup.jsh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("startup.jsh cannot be read from the jar", e);
        }
    }
}
