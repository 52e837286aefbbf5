package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.fus.io.record.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LiveCommandTest {
    @TempDir
    private Path folder;

    @Test
    void live_defaultDevice_showsRecordsAndWritesPictures() throws IOException {
        Path shown = folder.resolve("shown");
        Path session = folder.resolve("session");
        CliRun run = CliRun.of(
                "live",
                "--json",
                "--ensemble",
                "100",
                "--maps",
                "5",
                "--clutter",
                "svd:20",
                "--baseline",
                "0:0.4",
                "--region",
                "middle=-1:1,4:8",
                "--snapshot",
                shown.toString(),
                "--record",
                session.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("frames").asInt()).isEqualTo(500);
        assertThat(json.get("gaps").asInt()).isZero();
        assertThat(json.get("missingFrames").asInt()).isZero();
        // on a machine that is busy with other things, ensembles may be skipped, but none is lost sight of
        int maps = json.get("maps").asInt();
        assertThat(maps + json.get("ensemblesSkipped").asInt()).isEqualTo(5);
        assertThat(maps).isPositive();
        assertThat(json.get("mapsLatency").get("p99Ms").asDouble()).isPositive();
        assertThat(json.get("recorded").get("frames").asInt()).isEqualTo(500);
        assertThat(json.get("subscribers")).hasSize(2);
        assertThat(json.get("subscribers").get(0).get("delivered").asInt()).isEqualTo(maps);

        Recording recording = Recording.open(session.resolve("recording.zarr"));
        assertThat(recording.frames()).isEqualTo(500);
        assertThat(recording.verify()).isEmpty();
        assertThat(session.resolve("audit.tsv")).content().contains("started");
        for (String name : List.of("power.png", "bmode.png", "color.png")) {
            BufferedImage picture = ImageIO.read(shown.resolve(name).toFile());
            assertThat(picture.getWidth()).as(name).isGreaterThan(400);
        }
        List<String> courses = Files.readAllLines(shown.resolve("courses.tsv"));
        assertThat(courses.getFirst()).isEqualTo("time_s\tmiddle_power\tmiddle_cbv_change_percent");
        assertThat(courses).hasSize(1 + maps);
        assertThat(courses.get(1).split("\t")).hasSize(3);
    }

    @Test
    void live_rawSamplesOfAFile_showsTheVesselsForPeople() {
        Path session = folder.resolve("session");
        CliRun recorded =
                CliRun.of("acquire", "--device", "sim:icoprime", "--frames", "8", "--out", session.toString());
        assertThat(recorded.code()).isZero();
        CliRun run = CliRun.of(
                "live",
                "--device",
                session.resolve("recording.zarr").toUri().toString(),
                "--ensemble",
                "4",
                "--clutter",
                "none",
                "--grid",
                "-2:2:21,5:7:11");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("maps: 2 made, 0 ensembles skipped")
                .contains("0 gaps, 0 frames missing")
                .contains("device: READY");
    }

    @Test
    void live_whatCannotBe_isRefusedWithOneLine() {
        assertRefused("--baseline '2:1'", "baseline from 2.0 to 1.0", "--baseline", "2:1");
        assertRefused("--baseline x", "expected FROM:TO", "--baseline", "x");
        assertRefused("--region alone", "--region needs --baseline", "--region", "a=0:1,0:1");
        assertRefused("--ensemble", "expected at least 1", "--ensemble", "0");
        assertRefused("--grid", "leave it out", "--grid", "-2:2:21,5:7:11");
        assertRefused("--clutter", "removes 40 components of an ensemble of 30 frames", "--ensemble", "30");
        assertRefused("--device", "known are", "--device", "nobody:knows");
    }

    private static void assertRefused(String what, String reason, String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "live";
        System.arraycopy(options, 0, args, 1, options.length);
        CliRun run = CliRun.of(args);
        assertThat(run.code()).as(what).isNotZero();
        assertThat(run.errLines()).as(what).singleElement().asString().contains(reason);
    }
}
