package org.fus.examples;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of every sample, against what its description says: a line for each thing that a person asks of a file. */
class InfoPagesTest {
    private static final String NO = "not stated in the file";
    private static final String ASSUMED = " (not stated in the file, assumed)";
    private static final String ARRAY = ", 128 elements, pitch 0.11 mm, 15.625 MHz";
    private static final String PRIME = "IcoPrime, model 2392, linear" + ARRAY;
    private static final String MINI = "IcoPrimeMini, model 2392, linear" + ARRAY + ASSUMED;
    private static final String RCA_V1 = "IcoPrime 4D RCA, model 2392, RCA" + ARRAY + ASSUMED;
    private static final String ANGLES = "11 plane waves of -10 to 10 deg, 15.625 MHz, PRF 5500 Hz";
    private static final String DEFAULT = "default sequence, " + ANGLES;
    private static final String DEFAULT_V1 = DEFAULT + ASSUMED;
    private static final String FINE = "0.11 x 0.4 x 0.09856 mm (x, y, z)";
    private static final String CUBE = "0.11 x 0.11 x 0.09856 mm (x, y, z)";
    private static final String SINGLE = "none: a single volume";
    private static final String RF = "none: channel data are not beamformed";

    /** The lines of a page, and the number of frames or volumes, 0 for none. */
    private record Page(
            String shape,
            String voxels,
            String duration,
            String rate,
            String probe,
            String sequence,
            String subject,
            String session,
            int times) {
        static Page v1(String shape, String voxels, String duration, String rate, String probe, int times) {
            return new Page(shape, voxels, duration, rate, probe, DEFAULT_V1, "sub-01", "ses-01", times);
        }

        static Page v2(String shape, String voxels, String duration, String rate, String probe, int times) {
            return new Page(shape, voxels, duration, rate, probe, DEFAULT, "sub-01", "ses-01", times);
        }

        static Page still(String shape) {
            String none = "none: not a recording";
            return new Page(shape, "none: not an image", none, none, none, none, NO, NO, 0);
        }

        static Page unnamed(
                String shape, String voxels, String duration, String rate, String probe, String sequence, int times) {
            return new Page(shape, voxels, duration, rate, probe, sequence, NO, NO, times);
        }
    }

    private static final Page AUTC = Page.unnamed("frame 12 x z 6 x x 4", NO, NO, NO, NO, NO, 0);
    private static final Page ECHO_FRAME = Page.unnamed(
            "frame 6 x z 6 x y 1 x x 4",
            "0.133333 x 0.4 (assumed) x 0.2 mm (x, y, z)",
            "6 ms",
            "1000 Hz, one frame every 1 ms",
            "128 elements, pitch 0.11 mm, 15.625 MHz",
            "5 plane waves of -10 to 10 deg, 15.625 MHz, PRF 5000 Hz",
            6);
    private static final Page RAW = Page.unnamed(
            "frame 30 x z 6 x y 1 x x 8",
            FINE,
            "30 ms",
            "1000 Hz, one frame every 1 ms",
            NO,
            "11 plane waves of -10 to 10 deg, 15.625 MHz, PRF 11000 Hz",
            30);

    private static final Map<String, Page> PAGES = Map.ofEntries(
            entry("autc/bf0part000.dat", AUTC),
            entry("autc/bf0part001.dat", AUTC),
            entry("binary.bps", Page.still("row 4 x column 4")),
            entry("hdf5.bps", Page.still("row 4 x column 4")),
            entry("binary.bri", Page.still("region 2")),
            entry("hdf5.bri", Page.still("region 2")),
            entry("echoframe/fUSi_BF.dat", ECHO_FRAME),
            entry("echoframe/fUSi_BF_v1_padded.dat", ECHO_FRAME),
            entry("iq.raw", RAW),
            entry("iq.hraw", RAW),
            entry("iq_legacy.raw", RAW),
            entry("iq_legacy.hraw", RAW),
            entry(
                    "channel_data.uff",
                    Page.unnamed(
                            "frame 2 x transmit 3 x channel 16 x sample 64",
                            RF,
                            "1.09091 ms",
                            "1833.33 Hz, one frame every 0.545455 ms",
                            "uff.linear_array, linear, 16 elements, pitch 0.11 mm, 15.625 MHz",
                            "3 plane waves of -10 to 10 deg, 15.625 MHz, PRF 5500 Hz",
                            2)),
            entry(
                    "picmus_like_rf.hdf5",
                    Page.unnamed(
                            "frame 1 x transmit 3 x channel 16 x sample 64",
                            RF,
                            "30 ms",
                            "33.3333 Hz, one frame every 30 ms",
                            "PICMUS array, linear, 16 elements, pitch 0.3 mm, 5.208 MHz",
                            "3 plane waves of -16 to 16 deg, 5.208 MHz, PRF 100 Hz",
                            1)),
            entry(
                    "fusi-bids/sub-01/ses-01/fusi/sub-01_ses-01_task-rest_pwd.nii.gz",
                    new Page(
                            "time 5 x z 6 x y 1 x x 8",
                            FINE,
                            "2.5 s",
                            "2 Hz, one volume every 0.5 s",
                            "IcoPrime, 15.625 MHz",
                            ANGLES,
                            "sub-01 (from the name of the file)",
                            "ses-01 (from the name of the file)",
                            5)),
            entry("v1_2Dscan.source.scan", plane(MINI, DEFAULT_V1)),
            entry("v1_2Dscan_ascii.source.scan", plane(MINI, DEFAULT_V1)),
            entry("v1_3Dscan.source.scan", Page.v1("time 1 x z 6 x y 6 x x 8", FINE, "2.4 s", SINGLE, MINI, 1)),
            entry(
                    "v1_4Dscan.source.scan",
                    Page.v1("time 3 x z 6 x y 6 x x 8", FINE, "8.1 s", "0.37037 Hz, one volume every 2.7 s", MINI, 3)),
            entry(
                    "v1_4Dscan_nblock2.source.scan",
                    Page.v1("time 6 x z 6 x y 6 x x 8", FINE, "16.2 s", "0.37037 Hz, one volume every 2.7 s", MINI, 6)),
            entry(
                    "v1_4DscanCustom.source.scan",
                    Page.v1(
                            "pose 3 x time 7 x z 6 x y 1 x x 8",
                            FINE,
                            "10.5 s",
                            "0.666667 Hz, one volume every 1.5 s",
                            MINI,
                            7)),
            entry(
                    "v1_4DscanRCA.source.scan",
                    Page.v1(
                            "time 5 x z 6 x y 7 x x 8",
                            CUBE,
                            "1.5 s",
                            "3.33333 Hz, one volume every 0.3 s",
                            RCA_V1,
                            5)),
            entry("v1_3DscanRCA.source.scan", Page.v1("time 1 x z 6 x y 7 x x 8", CUBE, "0.3 s", SINGLE, RCA_V1, 1)),
            entry(
                    "v1_4Dscan_multiarray.source.scan",
                    Page.v1(
                            "time 3 x z 6 x y 20 x x 8",
                            "0.11 x 0.42 x 0.09856 mm (x, y, z)",
                            "6 s",
                            "0.5 Hz, one volume every 2 s",
                            MINI,
                            3)),
            entry("v2_2D.source.scan", plane(PRIME, DEFAULT)),
            entry(
                    "v2_2D_dim6.source.scan",
                    Page.v2(
                            "extra 3 x time 5 x z 6 x y 1 x x 8",
                            FINE,
                            "2 s",
                            "2.5 Hz, one volume every 0.4 s",
                            PRIME,
                            5)),
            entry("v2_3D_stack.source.scan", Page.v2("time 1 x z 6 x y 16 x x 8", FINE, "6.4 s", SINGLE, PRIME, 1)),
            entry(
                    "v2_4D_stack.source.scan",
                    Page.v2("time 5 x z 6 x y 16 x x 8", FINE, "32 s", "0.15625 Hz, one volume every 6.4 s", PRIME, 5)),
            entry(
                    "v2_4D_custom.source.scan",
                    Page.v2(
                            "pose 3 x time 5 x z 6 x y 1 x x 8",
                            FINE,
                            "6 s",
                            "0.833333 Hz, one volume every 1.2 s",
                            PRIME,
                            5)),
            entry(
                    "v2_4D_RCA.source.scan",
                    Page.v2(
                            "time 5 x z 6 x y 7 x x 8",
                            CUBE,
                            "14 s",
                            "0.357143 Hz, one volume every 2.8 s",
                            "IcoPrime, model 2392, RCA" + ARRAY,
                            5)));

    /** Files that hold no data of their own: what a person is told in place of a page. */
    private static final Map<String, String> COMPANIONS = Map.of(
            "echoframe/ScanParameters.mat",
            "open the .dat next to this file",
            "fusi-bids/dataset_description.json",
            "no known format",
            "fusi-bids/sub-01/ses-01/fusi/sub-01_ses-01_task-rest_pwd.json",
            "no known format");

    private static Page plane(String probe, String sequence) {
        return new Page(
                "time 5 x z 6 x y 1 x x 8",
                FINE,
                "2 s",
                "2.5 Hz, one volume every 0.4 s",
                probe,
                sequence,
                "sub-01",
                "ses-01",
                5);
    }

    static Stream<String> samples() {
        return PAGES.keySet().stream().sorted();
    }

    @Test
    void samples_areAllLookedAt() throws IOException {
        Path folder = Golden.file("samples/README.md").getParent();
        try (Stream<Path> files = Files.walk(folder)) {
            TreeSet<String> known = new TreeSet<>(PAGES.keySet());
            known.addAll(COMPANIONS.keySet());
            known.add("README.md");
            assertThat(files.filter(Files::isRegularFile)
                            .map(f -> folder.relativize(f).toString()))
                    .containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void info_sample_isAPageThatAResearcherReads(String name) {
        CliRun run = CliRun.of("info", Golden.file("samples/" + name).toString());
        Page page = PAGES.get(name);

        assertThat(run.code()).isZero();
        Map<String, String> lines = lines(run.out());
        assertThat(lines)
                .containsEntry("shape", page.shape)
                .containsEntry("voxel size", page.voxels)
                .containsEntry("duration", page.duration)
                .containsEntry("frame rate", page.rate)
                .containsEntry("probe", page.probe)
                .containsEntry("sequence", page.sequence)
                .containsEntry("subject", page.subject)
                .containsEntry("session", page.session);
        assertThat(lines.get("integrity")).containsPattern("checksum");
        assertThat(lines.get("format")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void info_sampleAsJson_saysTheSameOrThatItIsNotStated(String name) throws IOException {
        String file = Golden.file("samples/" + name).toString();
        JsonNode info =
                new ObjectMapper().readTree(CliRun.of("info", file, "--json").out());
        Page page = PAGES.get(name);

        requireStated(info, "voxelSizeM", page.voxels);
        requireStated(info, "durationS", page.duration);
        requireStated(info, "frameRateHz", page.rate);
        requireStated(info, "probe", page.probe);
        requireStated(info, "sequence", page.sequence);
        requireStated(info, "subject", page.subject);
        requireStated(info, "session", page.session);
        assertThat(info.path("integrity").asText()).contains("checksum");
        assertThat(info.path("axes").size()).isEqualTo(info.path("shape").size());
        if (info.path("frameRateHz").isNumber()) {
            // All samples are evenly timed; the numbers pass through two divisions.
            assertThat(info.path("frameRateHz").asDouble()
                            * info.path("durationS").asDouble())
                    .isCloseTo(page.times, within(1e-9));
        }
        if (info.path("voxelSizeM").isObject()) {
            Matcher first = Pattern.compile("[0-9.]+").matcher(page.voxels);
            assertThat(first.find()).isTrue();
            // The page shows six digits.
            assertThat(info.path("voxelSizeM").path("x").asDouble() * 1e3)
                    .isCloseTo(Double.parseDouble(first.group()), within(1e-6));
        }
    }

    /** What a page says goes along with the data, into every format that can hold them. */
    @ParameterizedTest
    @CsvSource({
        "v2_2D.source.scan, .npy",
        "v2_2D.source.scan, .npz",
        "v2_2D.source.scan, .nii",
        "v2_2D.source.scan, .nii.gz",
        "v2_2D.source.scan, .mat",
        "v2_2D.source.scan, .acq",
        "v2_2D.source.scan, .scan",
        "v2_2D.source.scan, .zarr",
        "v2_4D_custom.source.scan, .npy",
        "v2_4D_custom.source.scan, .nii.gz",
        "v2_4D_custom.source.scan, .mat",
        "v2_4D_custom.source.scan, .scan",
        "v2_2D_dim6.source.scan, .mat",
        "v2_2D_dim6.source.scan, .zarr",
        "iq.raw, .npy",
        "iq.raw, .npz",
        "iq.raw, .nii.gz",
        "iq.raw, .mat",
        "iq.raw, .uff",
        "iq.raw, .raw",
        "channel_data.uff, .npy",
        "channel_data.uff, .npz",
        "channel_data.uff, .uff",
        "iq.raw, .zarr",
        "binary.bps, .bps",
        "hdf5.bri, .bri"
    })
    void convert_sample_keepsWhatItsPageSays(String name, String extension, @TempDir Path folder) {
        String copy = folder.resolve("copy" + extension).toString();
        CliRun converted = CliRun.of("convert", Golden.file("samples/" + name).toString(), copy);
        assertThat(converted.code()).as(converted.err()).isZero();
        CliRun run = CliRun.of("info", copy);

        assertThat(run.code()).as(run.err()).isZero();
        Page page = PAGES.get(name);
        assertThat(lines(run.out()))
                .containsEntry("shape", page.shape)
                .containsEntry("voxel size", page.voxels)
                .containsEntry("duration", page.duration)
                .containsEntry("frame rate", page.rate)
                .containsEntry("probe", page.probe)
                .containsEntry("sequence", page.sequence)
                .containsEntry("subject", page.subject)
                .containsEntry("session", page.session)
                .containsKey("integrity");
    }

    @Test
    void info_companionOfARecording_saysWhatToDo() {
        COMPANIONS.forEach((name, message) -> {
            CliRun run = CliRun.of("info", Golden.file("samples/" + name).toString());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.errLines()).singleElement().asString().contains(name).contains(message);
        });
    }

    /** A value where the page has one, null where it has none, and the name in the list where the file is silent. */
    private static void requireStated(JsonNode info, String entry, String line) {
        boolean listed = false;
        for (JsonNode name : info.path("notStated")) {
            listed |= name.asText().equals(entry);
        }
        boolean value = !info.path(entry).isMissingNode() && !info.path(entry).isNull();
        assertThat(info.has(entry)).as(entry).isTrue();
        assertThat(listed).as(entry + " listed as not stated").isEqualTo(line.contains(NO));
        assertThat(value).as(entry + " has a value").isEqualTo(!line.equals(NO) && !line.startsWith("none"));
    }

    /** The first part of a page by label; of several lines of one label the first. */
    private static Map<String, String> lines(String page) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String line : page.lines().takeWhile(l -> !l.isBlank()).toList()) {
            List<String> parts = List.of(line.split("\\s{2,}|(?<=integrity)\\s+", 2));
            out.putIfAbsent(parts.getFirst(), parts.getLast());
        }
        return out;
    }
}
