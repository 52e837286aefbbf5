package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfBlock;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands info and convert. */
class FilesCommandTest {
    private static final PixelGrid GRID = PixelGrid.xz(-2e-3, 2e-3, 41, 3e-3, 6e-3, 31);

    @TempDir
    private Path folder;

    private Path map;

    @BeforeEach
    void writeAMap() {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, 2);
        map = folder.resolve("map.npy");
        Provenance made = Provenance.none().with("svd", Map.of("cutoff", "40"));
        FusFiles.write(map, Content.of(DopplerFrame.wrap(DopplerFrame.Quantity.POWER, GRID, values, made)));
    }

    @Test
    void info_map_isReadByPeople() {
        CliRun run = CliRun.of("info", map.toString());
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("kind +map")
                .containsPattern("z +31   3 to 6 mm,   every 0.1 mm")
                .containsPattern("x +41   -2 to 2 mm,   every 0.1 mm")
                .containsPattern("cutoff +40");
    }

    @Test
    void info_json_isReadByPrograms() throws IOException {
        CliRun run = CliRun.of("info", map.toString(), "--json");
        JsonNode info = new ObjectMapper().readTree(run.out());
        assertThat(info.path("kind").asText()).isEqualTo("map");
        assertThat(info.path("shape").toString()).isEqualTo("[31,1,41]");
        assertThat(info.path("dtype").asText()).isEqualTo("float32");
    }

    @Test
    void info_program_isReadByPeople() {
        Path uac = folder.resolve("plan.uac");
        AcquisitionProgram program = new AcquisitionProgram(
                TransmitSequence.planeWaves(-0.1, 0.1, 2, 5e6, 1000), SampleAxis.common(20e6, 0, 2, 16), 64, 32);
        FusFiles.write(uac, Content.of(program, ProbeCatalogue.ICO_PRIME));

        CliRun run = CliRun.of("info", uac.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("format +Moduleus UAC")
                .containsPattern("kind +program")
                .containsPattern("voxel size +none: not an image")
                .containsPattern("duration +none: not a recording")
                .containsPattern("probe +IcoPrime, linear, 128 elements")
                .containsPattern("sequence +frames: 2 plane waves of -5.7\\d* to 5.7\\d* deg, 5 MHz, PRF 1000 Hz");
        assertThat(CliRun.of("info", uac.toString(), "--verify").out())
                .containsPattern("integrity +.*none of the \\d+ data sets has a checksum");
    }

    @Test
    void info_urx_isReadByPeople_andNamesItsRecordings() {
        Path urx = folder.resolve("rf.urx");
        FusFiles.write(urx, Content.of(rf()));

        CliRun run = CliRun.of("info", urx.toString(), "--recording", "0");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("format +Moduleus URX")
                .containsPattern("kind +channel-data")
                .containsPattern("shape +frame 2 x transmit 2 x channel 128 x sample 16")
                .contains("2 plane waves");
        CliRun none = CliRun.of("info", urx.toString(), "--recording", "1");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.errLines()).singleElement().asString().contains("recording 1, expected 0 to 0");
    }

    @Test
    void info_verify_saysWhatWasCompared() throws IOException {
        assertThat(CliRun.of("info", map.toString(), "--verify").out())
                .containsPattern("integrity +all values were read; the format has no checksum");
        Path npz = folder.resolve("map.npz");
        assertThat(CliRun.of("convert", map.toString(), npz.toString()).code()).isZero();
        assertThat(CliRun.of("info", npz.toString(), "--verify").out())
                .containsPattern("integrity +all values were read; the checksum \\(crc32\\)");

        byte[] bytes = Files.readAllBytes(npz);
        bytes[bytes.length / 2] ^= 1;
        Files.write(npz, bytes);

        CliRun damaged = CliRun.of("info", npz.toString(), "--verify");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.errLines()).singleElement().asString().contains("map.npz", "is damaged");
    }

    private static RfBlock rf() {
        ChannelFormat format = new ChannelFormat(
                ProbeCatalogue.ICO_PRIME,
                TransmitSequence.planeWaves(-0.1, 0.1, 2, 15.625e6, 1000),
                SampleAxis.common(62.5e6, 0, 2, 16));
        return RfBlock.wrap(format, 0, 2, Arena.ofAuto().allocate(RfBlock.bytes(format, 2), 8));
    }

    @Test
    void info_unknownFile_isOneLineAndOne() throws IOException {
        Path file = folder.resolve("note.txt");
        Files.writeString(file, "hello");
        CliRun run = CliRun.of("info", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("fus: ")
                .contains("note.txt");
    }

    @Test
    void info_truncatedFile_isOneLineAndOne() throws IOException {
        Files.write(map, Arrays.copyOf(Files.readAllBytes(map), 200));
        CliRun run = CliRun.of("info", map.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("fus: ")
                .contains("map.npy");
    }

    @Test
    void convert_toPng_drawsAFigure() throws IOException {
        Path png = folder.resolve("map.png");
        CliRun run = CliRun.of("convert", map.toString(), png.toString());
        assertThat(run).isEqualTo(new CliRun(0, "wrote " + png + " (map [31, 1, 41])" + System.lineSeparator(), ""));
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isGreaterThan(640);
    }

    @Test
    void convert_toNpy_keepsTheBytes() throws IOException {
        Path copy = folder.resolve("copy.npy");
        assertThat(CliRun.of("convert", map.toString(), copy.toString()).code()).isZero();
        assertThat(copy).hasSameBinaryContentAs(map);
        assertThat(folder.resolve("copy.npy.json")).exists();
    }

    @Test
    void info_stackOfPoses_isOneVolumeUnlessRaw() throws IOException {
        String scan = Golden.file("samples/v1_4Dscan.source.scan").toString();
        JsonNode joined =
                new ObjectMapper().readTree(CliRun.of("info", scan, "--json").out());
        JsonNode raw = new ObjectMapper()
                .readTree(CliRun.of("info", scan, "--json", "--raw").out());
        assertThat(joined.path("shape").toString()).isEqualTo("[3,6,6,8]");
        assertThat(raw.path("shape").toString()).isEqualTo("[6,3,6,1,8]");
        assertThat(raw.path("probeToLab").size()).isEqualTo(6);
        assertThat(joined.path("format").asText()).isEqualTo("Iconeus scan v1 (HDF5)");
    }

    @Test
    void convert_positioning_goesBetweenItsForms() {
        String bps = Golden.file("samples/binary.bps").toString();
        Path copy = folder.resolve("copy.bps");
        assertThat(CliRun.of("convert", bps, copy.toString()).code()).isZero();
        assertThat(CliRun.of("info", copy.toString()).out())
                .containsPattern("kind +transform")
                .contains("BRAIN");
    }

    @Test
    void convert_unknownExtension_isWrongUsageBeforeReading() {
        CliRun run = CliRun.of(
                "convert",
                folder.resolve("missing.npy").toString(),
                folder.resolve("map.gif").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("map.gif")
                .contains(".npy");
    }

    @Test
    void convert_missingFolder_isWrongUsage() {
        CliRun run = CliRun.of(
                "convert", map.toString(), folder.resolve("none/map.png").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("folder does not exist");
    }

    @Test
    void convert_failure_leavesNothingBehind() throws IOException {
        Files.write(map, Arrays.copyOf(Files.readAllBytes(map), 200));
        CliRun run =
                CliRun.of("convert", map.toString(), folder.resolve("new.npy").toString());
        assertThat(run.code()).isEqualTo(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("map.npy", "map.npy.json");
        }
    }
}
