package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    @TempDir
    private Path folder;

    private String file(String json) throws IOException {
        return Files.writeString(folder.resolve("plan.json"), json).toString();
    }

    /** The plan that the guide shows. */
    private static String exampleOfTheGuide() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "programs.md"));
        int start = guide.indexOf("```json\n") + "```json\n".length();
        return guide.substring(start, guide.indexOf("```", start));
    }

    @Test
    void exampleOfTheGuide_canRun() throws IOException {
        CliRun run = CliRun.of("plan", "check", file(exampleOfTheGuide()));
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        // 4 planes, 50 times, 0.4 s each, and 150 moves of 0.4 mm in 0.1765 s
        assertThat(run.out().lines())
                .startsWith("can run")
                .contains("  groups[0].centerFrequency: 15625000 Hz")
                .contains("  duration: 106.5 s (recording 80.0 s, motors 26.5 s)");
    }

    @Test
    void json_tellsTheSame() throws IOException {
        CliRun run = CliRun.of("plan", "check", file(exampleOfTheGuide()), "--json", "--device", "sim:icoprime");
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(run.code()).isZero();
        assertThat(result.get("mayRun").asBoolean()).isTrue();
        assertThat(result.get("forecast").get("frames").asDouble()).isEqualTo(4 * 50 * 200);
        assertThat(result.get("actual")).isNotEmpty();
    }

    @Test
    void planWithMistakes_isRefusedWithAll() throws IOException {
        CliRun run = CliRun.of("plan", "check", file("{\"kind\": \"2d-fus\", \"wave\": 3, \"farMm\": 0}"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines())
                .hasSize(2)
                .anyMatch(l -> l.startsWith("wave: unknown key, expected one of blocks,"))
                .anyMatch(l -> l.startsWith("nearMm, farMm: 1.0 to 0.0 mm"));
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("plan.json")
                .contains("2 problems");
    }

    @Test
    void planBeyondTheDevice_isRefusedWithPlaces() throws IOException {
        CliRun run = CliRun.of(
                "plan",
                "check",
                file("{\"kind\": \"2d-fus\", \"farMm\": 150, \"voltageV\": 60}"),
                "--device",
                "sim:l22-14v",
                "--json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(run.out()).get("problems"))
                .extracting(JsonNode::asText)
                .anyMatch(p -> p.startsWith("probe: "))
                .anyMatch(p -> p.startsWith("voltageV: 60.0 V, at most 40.0"))
                .anyMatch(p -> p.startsWith("groups[0].samples: "))
                .anyMatch(p -> p.startsWith("groups[0].events[10].period: the last echo comes"));
    }

    @Test
    void missingFile_andUnknownDevice_areOneLine() throws IOException {
        CliRun missing = CliRun.of("plan", "check", folder.resolve("none.json").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.errLines()).singleElement().asString().contains("no such file");
        CliRun unknown = CliRun.of("plan", "check", file("{\"kind\": \"ulm\"}"), "--device", "ftp:x");
        assertThat(unknown.errLines()).singleElement().asString().contains("known are");
    }

    @Test
    void planAlone_showsWhatThereIs() {
        assertThat(CliRun.of("plan").out()).contains("check");
    }
}
