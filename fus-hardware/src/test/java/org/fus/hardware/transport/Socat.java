package org.fus.hardware.transport;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two pseudo terminals, {@code a} and {@code b}, joined by Debian's socat; skips by name where it is not installed. */
public final class Socat {
    private Socat() {}

    /** Starts it; {@code -Dfus.requirePeers=true} makes its absence a failure. */
    public static Process start(Path dir) throws IOException, InterruptedException {
        boolean installed = Files.isExecutable(Path.of("/usr/bin/socat"));
        if (!installed && Boolean.getBoolean("fus.requirePeers")) {
            throw new AssertionError("socat is not installed, and fus.requirePeers asks for it");
        }
        assumeThat(installed).as("socat is installed").isTrue();
        Process p = new ProcessBuilder(
                        "/usr/bin/socat",
                        "PTY,raw,echo=0,link=" + dir.resolve("a"),
                        "PTY,raw,echo=0,link=" + dir.resolve("b"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int i = 0; i < 500 && !(Files.exists(dir.resolve("a")) && Files.exists(dir.resolve("b"))); i++) {
            Thread.sleep(10);
        }
        return p;
    }
}
