package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.data.DopplerFrame;
import org.fus.examples.embed.RecordAndProcess;
import org.fus.io.record.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordAndProcessTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void recordAndProcess_simulatedScanner_showsVesselsAboveTissue(@TempDir Path folder) throws IOException {
        Path store = folder.resolve("rat1.zarr");

        RecordAndProcess.record(store);
        DopplerFrame power = RecordAndProcess.process(store);

        Recording recording = Recording.open(store);
        assertThat(recording.complete()).isTrue();
        assertThat(recording.frames()).isEqualTo(64);
        assertThat(recording.verify()).isEmpty();
        // Vessels run down at x = -1.2 and 1.2 mm around 6.5 mm depth; the middle between them is tissue. With pixels
        // of
        // 0.1 mm these are columns 18, 42 and 30 and row 25.
        double vessels =
                (power.at(power.grid().index(25, 0, 18)) + power.at(power.grid().index(25, 0, 42))) / 2;
        assertThat(10 * Math.log10(vessels / power.at(power.grid().index(25, 0, 30))))
                .isGreaterThan(5);
        CliRun info = CliRun.of("info", store.toString(), "--verify");
        assertThat(info.code()).isZero();
        assertThat(info.out()).containsPattern("integrity +every checksum was compared and is right");
        assertThat(CliRun.of("repair", store.toString()).out()).contains("nothing to repair");
        Path block = store.resolve("data/c.1.0.0.0");
        byte[] bytes = Files.readAllBytes(block);
        bytes[bytes.length / 2] ^= 1;
        Files.write(block, bytes);
        CliRun damaged = CliRun.of("info", store.toString(), "--verify");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).contains("crc32c");
    }

    @Test
    void docs_showTheseLines() throws IOException {
        for (String tag : List.of("record", "process")) {
            List<String> code = Files.readAllLines(
                            ROOT.resolve("examples/src/main/java/org/fus/examples/embed/RecordAndProcess.java"))
                    .stream()
                    .dropWhile(l -> !l.contains("tag::" + tag))
                    .skip(1)
                    .takeWhile(l -> !l.contains("end::" + tag))
                    .map(String::strip)
                    .toList();
            List<String> docs = Files.readAllLines(ROOT.resolve("docs/recording.md")).stream()
                    .dropWhile(l -> !l.equals("<!-- " + tag + " -->"))
                    .skip(2)
                    .takeWhile(l -> !l.startsWith("```"))
                    .map(String::strip)
                    .toList();

            assertThat(docs).as(tag).isEqualTo(code);
        }
    }
}
