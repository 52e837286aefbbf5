package org.fus.io.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoPageTest {
    private static final PixelGrid GRID = PixelGrid.xz(-1e-3, 1e-3, 3, 1e-3, 2e-3, 2);

    @TempDir
    Path folder;

    @Test
    void json_series_lastsFromTheStartOfItsFirstVolumeToTheEndOfItsLast() throws IOException {
        JsonNode page = page(Content.of(series(List.of(10.5, 11.0, 11.5, 12.0), Map.of())));

        assertThat(page.path("frameRateHz").asDouble()).isEqualTo(2);
        assertThat(page.path("durationS").asDouble()).isEqualTo(2);
        assertThat(strings(page, "notStated")).containsExactly("probe", "sequence", "subject", "session");
    }

    @Test
    void json_singleVolume_hasADurationAndNoRate() throws IOException {
        JsonNode page = page(Content.of(series(List.of(0.4), Map.of())));

        assertThat(page.path("durationS").asDouble()).isEqualTo(0.4);
        assertThat(page.path("frameRateHz").isNull()).isTrue();
        assertThat(strings(page, "notStated")).doesNotContain("frameRateHz");
    }

    @Test
    void json_images_lastFromTheFirstFiringToTheLastFrame() throws IOException {
        JsonNode page = page(Content.of(Samples.iq(5)));

        // 5 frames of 6 ms.
        assertThat(page.path("durationS").asDouble()).isCloseTo(0.03, within(1e-12));
        assertThat(page.path("frameRateHz").asDouble()).isCloseTo(500.0 / 3, within(1e-9));
    }

    @Test
    void json_map_hasNoTime() throws IOException {
        JsonNode page = page(Content.of(Samples.map()));

        assertThat(page.path("durationS").isNull()).isTrue();
        assertThat(page.path("frameRateHz").isNull()).isTrue();
        assertThat(strings(page, "notStated")).containsExactly("probe", "sequence", "subject", "session");
        assertThat(page.path("voxelSizeM").path("x").asDouble()).isEqualTo(0.11e-3);
    }

    @ParameterizedTest
    @CsvSource({
        "/data/sub-07_ses-02_task-rest_pwd.nii.gz, sub-07, ses-02",
        "C:\\lab\\sub-A1_scan3.source.scan, sub-A1,",
        "sub-1/ses-1/plain.scan, ,",
        "mysub-1_xses-2.scan, ,",
        "x_ses-9.mat, , ses-9"
    })
    void json_nameOfTheFile_tellsSubjectAndSession(String name, String subject, String session) throws IOException {
        Content content = Content.of(series(List.of(1.0), Map.of()))
                .withOrigin(new Origin(name, "f", "float64", Map.of(), List.of()));
        JsonNode page = page(content);

        assertThat(page.path("subject").textValue()).isEqualTo(subject);
        assertThat(page.path("session").textValue()).isEqualTo(session);
        assertThat(strings(page, "fromName").contains("subject")).isEqualTo(subject != null);
        assertThat(strings(page, "notStated").contains("session")).isEqualTo(session == null);
    }

    @Test
    void json_tagsOfTheFile_winOverItsName() throws IOException {
        Content content = Content.of(series(List.of(1.0), Map.of("subjectTag", "rat 3 ", "sessionTag", " ")))
                .withOrigin(new Origin("sub-07_ses-02_x.mat", "f", "float64", Map.of(), List.of()));
        JsonNode page = page(content);

        assertThat(page.path("subject").asText()).isEqualTo("rat 3");
        assertThat(page.path("session").asText()).isEqualTo("ses-02");
        assertThat(strings(page, "fromName")).containsExactly("session");
    }

    /** A version 2 scan has a place for every figure of the probe, and holds 0 where nothing is known. */
    @Test
    void json_zerosOfAFormat_areNoFigures() throws IOException {
        Path file = folder.resolve("s.scan");
        FusFiles.write(file, Content.of(series(List.of(0.4, 0.8), Map.of())));
        JsonNode page = page(FusFiles.open(file));

        assertThat(page.path("format").asText()).isEqualTo("Iconeus scan v2");
        assertThat(strings(page, "notStated")).contains("probe", "sequence", "subject", "session");
    }

    @ParameterizedTest
    @CsvSource({
        "s.nii.gz, checksum of gzip",
        "s.npz, checksum (crc32) of a packed entry was compared",
        "s.npy, every length agrees",
        "s.mat, checksum of a compressed variable",
        "s.zarr, --verify compares",
        "s.scan, the format has no checksum"
    })
    void json_integrity_saysWhatIsKnown(String name, String integrity) throws IOException {
        Path file = folder.resolve(name);
        FusFiles.write(file, Content.of(series(List.of(0.4, 0.8), Map.of())));

        assertThat(page(FusFiles.open(file)).path("integrity").asText()).contains(integrity);
    }

    @Test
    void json_computedContent_hasNoIntegrity() throws IOException {
        assertThat(page(Content.of(Samples.map())).path("integrity").isNull()).isTrue();
    }

    private static FusSeries series(List<Double> times, Map<String, Object> metadata) {
        return FusSeries.of(
                new FusSeries.Shape(1, 1, times.size(), GRID.nz(), 1, GRID.nx()),
                FusSeries.Geometry.of(GRID),
                new FusSeries.Times(times, List.of()),
                metadata,
                Provenance.none(),
                (e, p, t, n) -> new double[n * GRID.size()]);
    }

    private static JsonNode page(Content content) throws IOException {
        return new ObjectMapper().readTree(FusFiles.infoJson(content));
    }

    private static List<String> strings(JsonNode page, String entry) {
        List<String> out = new ArrayList<>();
        page.path(entry).forEach(n -> out.add(n.asText()));
        return out;
    }
}
