package org.fus.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fus.io.testing.Peers;

/**
 * Runs zarrita 0.7.5 in node. The property {@code fus.zarrita} names the folder into which
 * {@code npm install --prefix FOLDER zarrita@0.7.5} has installed it.
 */
final class Zarrita {
    private static final String MODULES = System.getProperty("fus.zarrita", "");

    private Zarrita() {}

    static String run(String... arguments) throws IOException, InterruptedException {
        boolean there = !MODULES.isBlank()
                && Files.isDirectory(Path.of(MODULES).resolve("node_modules").resolve("zarrita"));
        Peers.require(there, "zarrita 0.7.5 (npm; the property fus.zarrita names its folder)");
        Path script = Files.createTempFile("zarrita-peer", ".mjs");
        Path errors = Files.createTempFile("zarrita-peer", ".txt");
        try (var in = Zarrita.class.getResourceAsStream("zarrita-peer.mjs")) {
            Files.write(script, in.readAllBytes());
            List<String> command = new ArrayList<>(List.of("node", script.toString(), MODULES));
            command.addAll(List.of(arguments));
            Process node =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).as(Files.readString(errors)).isZero();
            return out;
        } finally {
            Files.delete(script);
            Files.delete(errors);
        }
    }
}
