package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code fus acquire --plan}: from a plan file to a recording, a scan and BIDS events. */
@Timeout(120)
class AcquirePlanTest {
    /** 3 planes, 3 times, blocks of 50 frames of a shallow image. */
    private static final String SMALL = """
        {"kind": "3d-t", "positions": 3, "stepMm": 0.4, "cycles": 3, "framesPerBlock": 50,
         "waves": 3, "frameRateHz": 500, "nearMm": 2, "farMm": 4, "voltageV": 18}
        """;

    @TempDir
    private Path folder;

    private String plan(String json) throws IOException {
        return Files.writeString(folder.resolve("plan.json"), json).toString();
    }

    @Test
    void plan_withMotorsAndStimuli_becomesAScanAndEvents() throws IOException {
        Path out = folder.resolve("mouse");
        CliRun run = CliRun.of(
                "acquire",
                "--plan",
                plan(SMALL),
                "--stimulus",
                "0.5,0.5,0.5,2",
                "--subject",
                "07",
                "--json",
                "--out",
                out.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.get("outcome").asText()).isEqualTo("COMPLETE");
        assertThat(result.get("blocks").asInt()).isEqualTo(9);
        assertThat(result.get("volumes").asInt()).isEqualTo(3);
        assertThat(result.get("events")).hasSize(2);
        assertThat(result.get("events").get(0).get("durationS").asDouble()).isEqualTo(0.5);
        assertThat(result.get("output").asText()).contains("uncalibrated");
        assertThat(result.get("clock").get("samples").asInt()).isPositive();
        assertThat(out.resolve("bids/sub-07/fusi/sub-07_task-stimulus_events.tsv"))
                .content()
                .contains("onset\tduration\ttrial_type");
        JsonNode scan = new ObjectMapper()
                .readTree(CliRun.of("info", out.resolve("volumes.scan").toString(), "--json")
                        .out());
        assertThat(scan.get("kind").asText()).isEqualTo("series");
        assertThat(scan.get("shape").toString()).startsWith("[3,").contains(",3,128]");
        CliRun recording = CliRun.of("info", out.resolve("recording.zarr").toString(), "--verify");
        assertThat(recording.code()).isZero();

        CliRun again = CliRun.of("acquire", "--plan", plan(SMALL), "--out", out.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.errLines()).singleElement().asString().contains("is there already");
    }

    @Test
    void recordingOfImages_isADevice() {
        Path out = folder.resolve("plane");
        CliRun run = CliRun.of(
                "acquire",
                "--device",
                "sim:icoprime?tier=image",
                "--frames",
                "8",
                "--frames-per-block",
                "4",
                "--out",
                out.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("frames: 8");
        CliRun again = CliRun.of(
                "acquire",
                "--device",
                out.resolve("recording.zarr").toUri().toString(),
                "--out",
                folder.resolve("again").toString());
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).contains("frames: 8").contains("one plane wave per frame");
    }

    @Test
    void badPlan_tellsAllMistakes() throws IOException {
        CliRun file = CliRun.of(
                "acquire",
                "--plan",
                plan("{\"kind\": \"3d-t\", \"wave\": 3, \"stepMm\": 5}"),
                "--out",
                folder.resolve("x").toString());
        assertThat(file.code()).isEqualTo(1);
        assertThat(file.errLines())
                .singleElement()
                .asString()
                .contains("wave: unknown key")
                .contains("stepMm: 5.0 mm");
        CliRun device = CliRun.of(
                "acquire",
                "--plan",
                plan("{\"kind\": \"3d-t\", \"voltageV\": 60, \"centre\": {\"yMm\": 9.5}}"),
                "--stimulus",
                "1000,1,1,1",
                "--stage",
                "sim",
                "--out",
                folder.resolve("x").toString());
        assertThat(device.code()).isEqualTo(1);
        assertThat(device.errLines())
                .singleElement()
                .asString()
                .contains("voltageV: 60.0 V")
                .contains("axis y")
                .contains("the last stimulus begins at 1000.0 s");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void options_thatDoNotFit_areWrongUsage() throws IOException {
        String out = folder.resolve("x").toString();
        assertThat(CliRun.of("acquire", "--stimulus", "1,1,1,1", "--out", out).code())
                .isEqualTo(2);
        assertThat(CliRun.of("acquire", "--plan", plan(SMALL), "--frames", "3", "--out", out)
                        .code())
                .isEqualTo(2);
        CliRun three = CliRun.of("acquire", "--plan", plan(SMALL), "--stimulus", "1,1,1", "--out", out);
        assertThat(three.code()).isEqualTo(2);
        assertThat(three.err()).contains("four numbers");
        CliRun none = CliRun.of("acquire", "--plan", plan(SMALL), "--stage", "none", "--out", out);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("there is no stage");
        assertThat(folder.resolve("x")).doesNotExist();
    }
}
