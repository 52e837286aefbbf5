package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.hardware.igtl.IgtlClient;
import org.fus.hardware.igtl.IgtlImage;
import org.fus.hardware.igtl.IgtlMessage;
import org.fus.hardware.igtl.IgtlOptions;
import org.fus.hardware.igtl.IgtlTransform;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command serve-igtl, watched by a client. */
@Timeout(120)
class ServeIgtlCommandTest {
    private static final PixelGrid GRID = PixelGrid.xz(-2e-3, 2e-3, 5, 3e-3, 6e-3, 4);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path series() {
        List<DopplerFrame> maps = IntStream.range(0, 3)
                .mapToObj(t -> {
                    float[] values = new float[GRID.size()];
                    for (int p = 0; p < values.length; p++) {
                        values[p] = 100 * t + p;
                    }
                    return DopplerFrame.wrap(DopplerFrame.Quantity.POWER, GRID, values, Provenance.none());
                })
                .toList();
        Path file = folder.resolve("series.scan");
        FusFiles.write(file, Content.of(FusSeries.ofFrames(maps, List.of(0.4, 0.8, 1.2), Map.of())));
        return file;
    }

    /** Runs the command until it ends, and gives the messages that a client got meanwhile. */
    private static List<IgtlMessage> watch(int expected, String... args) throws IOException {
        try (PipedInputStream in = new PipedInputStream();
                PrintStream out = new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
                Scanner lines = new Scanner(in, StandardCharsets.UTF_8)) {
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> Fus.run(args, out, System.err));
            String first = lines.nextLine();
            int port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
            List<IgtlMessage> messages = new ArrayList<>();
            try (IgtlClient client = IgtlClient.connect(
                    "127.0.0.1", port, IgtlOptions.forClient().withMessageTimeout(SOON))) {
                while (messages.size() < expected) {
                    messages.add(client.receive(SOON).orElseThrow());
                }
            }
            assertThat(code.orTimeout(60, TimeUnit.SECONDS).join()).isZero();
            assertThat(lines.nextLine()).startsWith("published " + expected + " messages");
            return messages;
        }
    }

    @Test
    void aSeries_isServedVolumeByVolumeAndBeginsAnew() throws IOException {
        List<IgtlMessage> messages = watch(
                9,
                "serve-igtl",
                series().toString(),
                "--port=0",
                "--rate=20",
                "--images=4",
                "--wait-for=1",
                "--header=2");

        assertThat(messages.getFirst().device()).isEqualTo("Scanner");
        for (int n = 0; n < 4; n++) {
            assertThat(messages.get(1 + 2 * n).content()).isInstanceOf(IgtlTransform.class);
            IgtlMessage m = messages.get(2 + 2 * n);
            assertThat(m.metadata()).containsEntry("image", Integer.toString(n));
            IgtlImage image = (IgtlImage) m.content();
            assertThat(image.size()).isEqualTo(new IgtlImage.Size(5, 4, 1));
            assertThat(image.toDoubles()[7]).isEqualTo(100 * (n % 3) + 7);
            // depth runs along j, downwards in the PROBE frame; float32 of millimetres
            assertThat(image.voxelsToFrame().apply(0, 0, 0))
                    .containsExactly(new double[] {-2e-3, 0, -3e-3}, within(1e-8));
            assertThat(image.voxelsToFrame().apply(4, 3, 0))
                    .containsExactly(new double[] {2e-3, 0, -6e-3}, within(1e-8));
        }
    }

    @Test
    void withoutAFile_theSimulatedScannerIsServed() throws IOException {
        List<IgtlMessage> messages = watch(3, "serve-igtl", "--port=0", "--images=1", "--wait-for=1");

        IgtlImage image = (IgtlImage) messages.getLast().content();
        assertThat(image.size()).isEqualTo(new IgtlImage.Size(61, 51, 1));
        double[] power = image.toDoubles();
        assertThat(Arrays.stream(power).min().orElseThrow()).isNotNegative();
        // vessels run down at x = -1.2 mm, the middle is tissue
        double vessel = 0;
        double tissue = 0;
        for (int j = 15; j < 35; j++) {
            vessel += power[61 * j + 18];
            tissue += power[61 * j + 30];
        }
        assertThat(vessel).isGreaterThan(2 * tissue);
    }

    @Test
    void wrongUse_isOneLineAndTwo() {
        Path file = series();
        for (String wrong : List.of("--port=70000", "--rate=0", "--images=0", "--wait-for=-1", "--header=3")) {
            CliRun run = CliRun.of("serve-igtl", file.toString(), wrong);
            assertThat(run.code()).as(wrong).isEqualTo(2);
            assertThat(run.errLines()).hasSize(1);
        }
        CliRun nothing = CliRun.of("serve-igtl", folder.resolve("none.scan").toString());
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.errLines()).singleElement().asString().contains("none.scan");
    }
}
