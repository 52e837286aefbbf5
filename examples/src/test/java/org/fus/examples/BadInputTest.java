package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user hands in: one clear line that names the file or option, the right exit code, nothing left behind. */
class BadInputTest {
    @TempDir
    private Path folder;

    private Path rf;
    private Path out;

    @BeforeEach
    void makeChannelData() {
        ChannelFormat format = new ChannelFormat(
                Probe.linear("small", 4, 1e-4, 15e6).build(),
                TransmitSequence.planeWaves(0, 0, 1, 15e6, 1000),
                SampleAxis.common(60e6, 0, 1, 100));
        float[] frame = new float[400];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = i % 7;
        }
        rf = folder.resolve("rf.npy");
        FusFiles.write(rf, Content.of(RfArray.wrap(format, new float[][] {frame, frame, frame})));
        out = folder.resolve("out.npy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--f-number=-1",
                "--f-number=NaN",
                "--f-number=wide",
                "--f-number=0 --window=hann",
                "--window=round",
                "--clutter=svd:3",
                "--clutter=svd:-1",
                "--clutter=highpass",
                "--kind=speed",
                "--transmit=1",
                "--transmit=-1",
                "--grid=0:1:2",
                "--grid=1:0:5,1:2:5",
                "--grid=0:1:0,1:2:5",
                "--grid=0:1:5,-2:2:5",
                "--grid=0:1:100000,1:2:100000",
                "--grid=0:x:5,1:2:5"
            })
    void process_wrongOption_isWrongUsage(String options) throws IOException {
        String[] args = Stream.concat(
                        Stream.of("-q", "process", rf.toString(), "--out", out.toString(), "--kind=bmode"),
                        Stream.of(options.split(" ", -1)).filter(o -> !o.startsWith("--kind")))
                .toArray(String[]::new);
        if (options.startsWith("--kind")) {
            args[5] = options;
        }

        assertRefused(CliRun.of(args), 2, "");
    }

    @Test
    void process_missingFile_isNamed() throws IOException {
        assertRefused(run("process", folder.resolve("absent.mat")), 1, "absent.mat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty.npy", "empty.mat", "empty.hdf5", "empty.scan", "empty.xyz"})
    void process_emptyFile_isNamed(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));

        assertRefused(run("process", file), 1, name);
    }

    @Test
    void process_truncatedRecordings_areNamed() throws IOException {
        for (String name : new String[] {"data/pymust/PWI_disk.mat", "data/pybf/rf_dataset.hdf5"}) {
            Path whole = Golden.file(name);
            byte[] bytes = Files.readAllBytes(whole);
            Path cut = folder.resolve("cut-" + whole.getFileName());
            Files.write(cut, Arrays.copyOf(bytes, bytes.length / 3));

            assertRefused(run("process", cut), 1, cut.getFileName().toString());
        }
    }

    @Test
    void process_sampleThatIsNotFinite_namesFileAndPlace() throws IOException {
        byte[] bytes = Files.readAllBytes(rf);
        Arrays.fill(bytes, bytes.length - 4, bytes.length, (byte) 0xff);
        Files.write(rf, bytes);

        assertRefused(run("process", rf), 1, "rf.npy");
        assertThat(run("process", rf).err()).contains("NaN").contains("frame 2").contains("sample 99");
    }

    @Test
    void process_descriptionOfAnotherProbe_isRefused() throws IOException {
        Path description = folder.resolve("rf.npy.json");
        String json = Files.readString(description);
        String other = json.replaceFirst("\"elements\"\\s*:\\s*4", "\"elements\" : 5");
        assertThat(other).isNotEqualTo(json);
        Files.writeString(description, other);

        assertRefused(run("process", rf), 1, "rf.npy");
    }

    @Test
    void process_withoutDescription_saysWhatIsMissing() throws IOException {
        Files.delete(folder.resolve("rf.npy.json"));

        CliRun run = run("process", rf);

        assertRefused(run, 1, "rf.npy");
    }

    @Test
    void process_targetWithoutFolder_isRefusedBeforeTheWork() throws IOException {
        CliRun run = CliRun.of("-q", "process", rf.toString(), "--out", folder + "/none/out.npy");

        assertRefused(run, 2, "out.npy");
    }

    @Test
    void debug_showsTheStackTrace() {
        CliRun run =
                CliRun.of("--debug", "process", folder.resolve("absent.mat").toString(), "--out", out.toString());

        assertThat(run.err()).contains("\tat org.fus.");
    }

    private CliRun run(String command, Path file) {
        return CliRun.of("-q", command, file.toString(), "--kind=bmode", "--out", out.toString());
    }

    private void assertRefused(CliRun run, int code, String named) throws IOException {
        assertThat(run.errLines()).as(run.err()).hasSize(1);
        assertThat(run.err()).startsWith("fus: ").contains(named);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(f -> f.startsWith("out") || f.contains("tmp"));
        }
    }
}
