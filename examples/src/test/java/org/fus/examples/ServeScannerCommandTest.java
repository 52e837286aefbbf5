package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command serve-scanner, and the other commands through it. */
@Timeout(120)
class ServeScannerCommandTest {
    @TempDir
    private Path folder;

    @Test
    void devices_andAcquire_reachTheScanner() throws Exception {
        Path log = folder.resolve("scanner.tsv");
        try (PipedInputStream in = new PipedInputStream();
                PrintStream out = new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
                Scanner lines = new Scanner(in, StandardCharsets.UTF_8)) {
            Thread serving = Thread.ofPlatform()
                    .daemon()
                    .start(() -> Fus.run(
                            new String[] {"serve-scanner", "sim:icoprime", "--port", "0", "--log", log.toString()},
                            out,
                            System.err));
            String first = lines.nextLine();
            assertThat(first).startsWith("serving simulated scanner at bridge://127.0.0.1:");
            String uri = first.substring(first.indexOf("bridge:"));
            assertThat(CliRun.of("devices", uri).out()).contains("name: simulated scanner", "probe: IcoPrime");
            Path session = folder.resolve("session");
            CliRun acquired = CliRun.of(
                    "-q",
                    "acquire",
                    "--device",
                    uri,
                    "--frames",
                    "4",
                    "--frames-per-block",
                    "2",
                    "--out",
                    session.toString());
            assertThat(acquired.err()).isEmpty();
            assertThat(acquired.code()).isZero();
            assertThat(CliRun.of("info", session.resolve("recording.zarr").toString())
                            .out())
                    .contains("IcoPrime");
            serving.interrupt();
            serving.join();
        }
        assertThat(Files.readString(log)).contains("\thost came\t", "\tHEARTBEAT\t", "\thigh voltage off\t");
    }

    @Test
    void port_outOfRange_isWrongUsage() {
        CliRun run = CliRun.of("serve-scanner", "--port", "70000");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--port 70000");
    }
}
