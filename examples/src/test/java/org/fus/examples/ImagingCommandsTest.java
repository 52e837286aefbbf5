package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfArray;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitDelays;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands beamform, doppler and process, on echoes of a point at x = 0.5 mm, z = 5 mm that comes nearer. */
class ImagingCommandsTest {
    private static final double SPEED_M_PER_S = 5e-3;
    private static final double POINT_X_M = 0.5e-3;
    private static final double POINT_Z_M = 5e-3;
    private static final int FRAMES = 12;
    private static final String GRID = "--grid=-1:1:41,4:6:81";

    private static final ChannelFormat FORMAT = new ChannelFormat(
            Probe.linear("test", 32, 0.11e-3, 15.625e6).build(),
            TransmitSequence.planeWaves(-0.05, 0.05, 3, 15.625e6, 3000),
            SampleAxis.common(62.5e6, 5e-6, 3, 256));

    @TempDir
    private Path folder;

    private Path rf;

    @BeforeEach
    void writeChannelData() {
        rf = folder.resolve("rf.npy");
        FusFiles.write(rf, Content.of(RfArray.wrap(FORMAT, echoes())));
    }

    @Test
    void process_color_showsTheSpeedWhereThePointIs() {
        Path out = folder.resolve("v.npy");
        assertThat(run("process", rf, GRID, "--kind", "color", "--out", out)).isEqualTo(new CliRun(0, "", ""));
        Path power = folder.resolve("p.npy");
        assertThat(run("process", rf, GRID, "--kind", "power", "--clutter", "none", "--out", power)
                        .code())
                .isZero();
        DopplerFrame v = map(out);
        DopplerFrame p = map(power);
        int brightest = 0;
        for (int i = 0; i < p.grid().size(); i++) {
            brightest = p.at(i) > p.at(brightest) ? i : brightest;
        }
        // Within a pixel of 50 um by 25 um, plus the 55 um that the point comes nearer during the block.
        assertThat(p.grid().cartesian().xM(brightest % 41)).isBetween(POINT_X_M - 60e-6, POINT_X_M + 60e-6);
        assertThat(p.grid().cartesian().zM(brightest / 41)).isBetween(POINT_Z_M - 80e-6, POINT_Z_M + 25e-6);
        // Towards the probe is positive. Summing the ideal echoes of this point gives 4.937 mm/s: oblique paths to the
        // ends of the aperture change by less than twice the displacement. 1 % is left for demodulation.
        assertThat(v.at(brightest)).isBetween(4.89e-3f, 4.99e-3f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cf", "gcf:2", "pcf", "slsc", "dmas", "fdmas", "capon", "fk"})
    void process_anyMethod_showsThePointWhereItIs(String method) {
        Path out = folder.resolve("m.npy");
        assertThat(run("process", rf, GRID, "--method", method, "--kind", "bmode", "--out", out))
                .isEqualTo(new CliRun(0, "", ""));

        DopplerFrame map = map(out);
        int brightest = 0;
        for (int i = 0; i < map.grid().size(); i++) {
            brightest = map.at(i) > map.at(brightest) ? i : brightest;
        }
        // SLSC is flat where echoes agree, along the pulse of 0.2 mm; the others peak at the point, which moves by 55
        // um.
        double slack = method.equals("slsc") ? 0.2e-3 : 80e-6;
        assertThat(map.grid().cartesian().xM(brightest % 41)).isBetween(POINT_X_M - slack, POINT_X_M + slack);
        assertThat(map.grid().cartesian().zM(brightest / 41)).isBetween(POINT_Z_M - slack, POINT_Z_M + slack);
    }

    @Test
    void beamform_methodThatDoesNotFit_isWrongUsageInOneLine() {
        Path out = folder.resolve("m.npy");
        CliRun unknown = run("beamform", rf, GRID, "--method", "mvdr", "--out", out);
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("mvdr").contains("capon");
        CliRun aperture = run("beamform", rf, GRID, "--method", "fk", "--f-number", "1", "--out", out);
        assertThat(aperture.code()).isEqualTo(2);
        assertThat(aperture.err()).contains("whole array");
        assertThat(out).doesNotExist();
    }

    @Test
    void beamformThenDoppler_isProcess() throws IOException {
        Path iq = folder.resolve("iq.npy");
        Path inTwo = folder.resolve("two.npy");
        Path inOne = folder.resolve("one.npy");
        Path fromIq = folder.resolve("fromIq.npy");
        assertThat(run("beamform", rf, GRID, "--f-number", "1.5", "--window", "hann", "--out", iq)
                        .code())
                .isZero();
        assertThat(run("doppler", iq, "--clutter", "svd:2", "--out", inTwo).code())
                .isZero();
        assertThat(run("process", iq, "--clutter", "svd:2", "--out", fromIq).code())
                .isZero();
        assertThat(run(
                                "process",
                                rf,
                                GRID,
                                "--f-number",
                                "1.5",
                                "--window",
                                "hann",
                                "--clutter",
                                "svd:2",
                                "--out",
                                inOne)
                        .code())
                .isZero();
        assertThat(map(inTwo).toArray()).isEqualTo(map(inOne).toArray());
        assertThat(map(fromIq).toArray()).isEqualTo(map(inOne).toArray());
        assertThat(((Content.Iq) FusFiles.open(iq)).ensemble().frames()).isEqualTo(FRAMES);
    }

    @Test
    void beamform_optionsOfTheAperture_reachThePlan() {
        Path out = folder.resolve("options.npy");
        assertThat(run(
                                "beamform",
                                rf,
                                GRID,
                                "--f-number",
                                "auto",
                                "--window",
                                "tukey:0.5",
                                "--interpolation",
                                "lanczos3",
                                "--sound-speed",
                                "1530",
                                "--acceptance",
                                "40",
                                "--minimum-aperture",
                                "0.5",
                                "--pulse-peak",
                                "0.1",
                                "--time-zero",
                                "-0.1",
                                "--lens",
                                "0.5:1000",
                                "--transmit-model",
                                "virtual-source",
                                "--out",
                                out)
                        .code())
                .isZero();

        Map<String, String> das = ensemble(out).provenance().steps().getLast().parameters();
        assertThat(das)
                .containsEntry("window", "tukey:0.5")
                .containsEntry("interpolation", "lanczos3")
                .containsEntry("soundSpeedMPerS", "1530.0")
                .containsEntry("minimumApertureM", "5.0E-4")
                .containsEntry("pulsePeakS", "1.0E-7")
                .containsEntry("timeZeroS", "-1.0E-7")
                .containsEntry("lensThicknessM", "5.0E-4")
                .containsEntry("lensSoundSpeedMPerS", "1000.0")
                .containsEntry("transmitModel", "virtual_source");
        assertThat(Double.parseDouble(das.get("fNumber"))).isBetween(0.5, 3.0);
        assertThat(Double.parseDouble(das.get("acceptanceRad"))).isEqualTo(Math.toRadians(40));
    }

    @Test
    void beamform_eachTransmitAlone_addsUpToAll() {
        // Coherent compounding is a plain sum of the transmits.
        Path all = folder.resolve("all.npy");
        assertThat(run("beamform", rf, GRID, "--out", all).code()).isZero();
        float[] expected = ensemble(all).copyFrame(3);
        float[] sum = new float[expected.length];
        float most = 0;
        for (int k = 0; k < 3; k++) {
            Path one = folder.resolve("one" + k + ".npy");
            assertThat(run("beamform", rf, GRID, "--transmit", k, "--out", one).code())
                    .isZero();
            float[] part = ensemble(one).copyFrame(3);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
                most = Math.max(most, Math.abs(expected[i]));
            }
        }
        for (int i = 0; i < sum.length; i++) {
            // float32 sums in another order
            assertThat(Math.abs(sum[i] - expected[i])).isLessThan(1e-5f * most);
        }
    }

    @Test
    void process_withoutGrid_looksInFrontOfTheArray() {
        Path out = folder.resolve("p.npy");
        assertThat(run("process", rf, "--clutter", "none", "--out", out).code()).isZero();
        assertThat(map(out).grid().nx()).isEqualTo(32);
        assertThat(map(out).grid().cartesian().z0M()).isBetween(3.8e-3, 3.9e-3); // 5 us there and back
    }

    @Test
    void process_toScan_isASeriesOfOneBlock() {
        Path out = folder.resolve("p.scan");
        assertThat(run("process", rf, GRID, "--clutter", "svd:1", "--out", out).code())
                .isZero();
        FusSeries series = ((Content.Series) FusFiles.open(out)).series();
        assertThat(series.shape()).isEqualTo(new FusSeries.Shape(1, 1, 1, 81, 1, 41));
        assertThat(series.times().timesS()).isEqualTo(List.of(FRAMES / 1000.0));
    }

    /** The rotating disk of MUST: the field of a rigid rotation, whose rate is that of the disk. */
    @Test
    void process_recordedDisk_turnsRigidly() {
        Path disk = Golden.file("data/pymust/PWI_disk.mat");
        String grid = "--grid=-12.5:12.5:126,10:35:126";
        Path v = folder.resolve("v.npy");
        Path p = folder.resolve("p.npy");
        assertThat(run("process", disk, grid, "--f-number", "1.5", "--clutter", "none", "--kind", "color", "--out", v)
                        .code())
                .isZero();
        assertThat(run("process", disk, grid, "--f-number", "1.5", "--clutter", "none", "--kind", "power", "--out", p)
                        .code())
                .isZero();
        PlaneFit fit = PlaneFit.whereStrong(map(v), map(p));
        assertThat(fit.explained()).isGreaterThan(0.99);
        assertThat(fit.slopeXPerS()).isCloseTo(-60.5, within(1.5));
        assertThat(fit.slopeZPerS()).isCloseTo(0, within(1.0));
    }

    @Test
    void process_json_describesTheResult() throws IOException {
        CliRun run =
                CliRun.of("process", rf.toString(), GRID, "--clutter", "none", "--out", folder + "/p.png", "--json");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("kind").asText()).isEqualTo("map");
        assertThat(report.path("shape").toString()).isEqualTo("[81,1,41]");
        assertThat(report.path("out").asText()).endsWith("p.png");
        assertThat(folder.resolve("p.png")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--kind=signed --clutter=svd:2",
                "--kind=directional:towards --clutter=poly:1",
                "--kind=directional:away --clutter=dct:2",
                "--kind=directional --clutter=svd:1:9",
                "--kind=variance",
                "--kind=band:-9:0 --clutter=fir:300:5",
                "--kind=power --clutter=svd-local:20x20:2",
                "--kind=power --clutter=svd-auto:turning-point+noise",
                "--kind=power --clutter=svd-energy:1e30",
                "--kind=POWER --clutter=BUTTERWORTH:100:2"
            })
    void process_everyKindAndFilter_writesItsMap(String options) {
        Path out = folder.resolve("m.npy");

        CliRun run = CliRun.of(Stream.concat(
                        Stream.of("-q", "process", rf.toString(), GRID, "--out", out.toString()),
                        Stream.of(options.split(" ", -1)))
                .toArray(String[]::new));

        assertThat(run).isEqualTo(new CliRun(0, "", ""));
        DopplerFrame map = map(out);
        float most = 0;
        for (int i = 0; i < map.grid().size(); i++) {
            assertThat(map.at(i)).isFinite();
            most = Math.max(most, Math.abs(map.at(i)));
        }
        assertThat(most).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "process RF --out o.npy|svd:40 does not fit 12 frames (expected a cutoff below 12, got 40)",
                "process RF --clutter svd:12 --out o.npy|svd:12",
                "process RF --clutter svd:-1 --out o.npy|must be 0 or more",
                "process RF --clutter median --out o.npy|use none, svd:N",
                "process RF --kind flow --out o.npy|flow",
                "process RF --kind band:4:2 --out o.npy|above the start",
                "process RF --kind directional:up --out o.npy|directional:towards",
                "process RF --kind signed --clutter none --out o.scan|power Doppler only",
                "process RF --clutter butterworth:40:4 --out o.npy|butterworth:40:4 does not fit 12 frames",
                "process RF --clutter fir:40:21 --out o.npy|fir:40:21 does not fit 12 frames",
                "process RF --clutter poly:11 --out o.npy|poly:11 does not fit 12 frames",
                "process RF --clutter svd-local:9:4 --out o.npy|NZxNX",
                "process RF --kind color --out o.scan|power Doppler only",
                "process RF --clutter none --out o.gif|no writer for this extension",
                "process RF --clutter none --grid=1:2 --out o.npy|X0:X1:NX,Z0:Z1:NZ",
                "process RF --clutter none --grid=-1:1:5,-2:4:5 --out o.npy|behind the array",
                "process RF --clutter none --transmit 3 --out o.npy|no transmit 3 (expected 0 to 2",
                "process RF --clutter none --f-number -2 --out o.npy|F-number -2.0 must be positive",
                "process RF --clutter none|--out",
                "beamform RF --method mvdr --out o.npy|mvdr",
                "beamform RF --window kaiser --out o.npy|kaiser",
                "beamform RF --interpolation sinc --out o.npy|sinc",
                "beamform RF --sound-speed -3 --out o.npy|soundSpeedMPerS is -3.0",
                "beamform RF --acceptance 100 --out o.npy|acceptanceRad",
                "beamform RF --lens 0.5 --out o.npy|such as 0.5:1000",
                "beamform RF --lens -1:1000 --out o.npy|thickness",
                "beamform RF --transmit-model ray --out o.npy|ray",
            })
    void wrongUsage_isOneLineAndTwo_andLeavesNothing(String command, String reason) throws IOException {
        CliRun run = CliRun.of(Stream.of(command.split(" ", -1))
                .map(a -> a.equals("RF")
                        ? rf.toString()
                        : a.startsWith("o.") ? folder.resolve(a).toString() : a)
                .toArray(String[]::new));
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("fus: ")
                .contains(reason);
        assertThat(run.code()).isEqualTo(2);
        assertThat(filesLeft()).containsExactlyInAnyOrder("rf.npy", "rf.npy.json");
    }

    @Test
    void badInput_isOneLineAndOne_andLeavesNothing() throws IOException {
        byte[] bytes = Files.readAllBytes(rf);
        for (int i = 0; i < 4; i++) {
            bytes[bytes.length - 4 + i] = (byte) 0xff; // the last sample is NaN
        }
        Files.write(rf, bytes);
        CliRun run = run("process", rf, GRID, "--clutter", "none", "--out", folder.resolve("o.npy"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("rf.npy")
                .contains("NaN")
                .contains("frame 11");
        assertThat(filesLeft()).containsExactlyInAnyOrder("rf.npy", "rf.npy.json");
    }

    @Test
    void doppler_ofChannelData_saysWhatToDo() {
        CliRun run = run("doppler", rf, "--out", folder.resolve("o.npy"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("fus process");
    }

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private static CliRun run(Object... args) {
        return CliRun.of(Stream.concat(Stream.of("-q"), Stream.of(args).map(Object::toString))
                .toArray(String[]::new));
    }

    private static DopplerFrame map(Path file) {
        return ((Content.Doppler) FusFiles.open(file)).map();
    }

    private static IqEnsemble ensemble(Path file) {
        return ((Content.Iq) FusFiles.open(file)).ensemble();
    }

    /** A Gaussian pulse (67 % at -6 dB) from the point to every element, by straight paths; time 0 is the first firing. */
    private static float[][] echoes() {
        int samples = FORMAT.sampleCount();
        float[][] frames = new float[FRAMES][FORMAT.transmits() * FORMAT.channels() * samples];
        double c = FORMAT.sequence().soundSpeedMPerS();
        double f = FORMAT.sequence().centerFrequencyHz();
        for (int frame = 0; frame < FRAMES; frame++) {
            double z = POINT_Z_M - SPEED_M_PER_S * frame / FORMAT.sequence().frameRateHz();
            for (int t = 0; t < FORMAT.transmits(); t++) {
                double angle = -0.05 + 0.05 * t;
                double there = (POINT_X_M * Math.sin(angle) + z * Math.cos(angle)) / c
                        + TransmitDelays.originOffsetS(
                                FORMAT.sequence().transmits().get(t), FORMAT.probe(), c);
                for (int e = 0; e < FORMAT.channels(); e++) {
                    double back = Math.hypot(POINT_X_M - FORMAT.probe().elementXM(e), z) / c;
                    for (int s = 0; s < samples; s++) {
                        double tau = FORMAT.samples().timeS(t, s) - there - back;
                        frames[frame][(t * FORMAT.channels() + e) * samples + s] = (float)
                                (1000 * Math.exp(-Math.pow(tau / 50.6e-9, 2)) * Math.cos(2 * Math.PI * f * tau));
                    }
                }
            }
        }
        return frames;
    }
}
