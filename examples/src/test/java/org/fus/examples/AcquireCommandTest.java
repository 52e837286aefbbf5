package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcquireCommandTest {
    @TempDir
    private Path folder;

    @Test
    void devices_lists_andDescribes() {
        CliRun list = CliRun.of("devices");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("sim:").contains("file:");
        CliRun one = CliRun.of("devices", "sim:icoprime", "--json");
        assertThat(one.code()).isZero();
        assertThat(one.out()).contains("\"probe\" : \"IcoPrime").contains("\"voltageV\" : 40.0");
        CliRun unknown = CliRun.of("devices", "verasonics:1");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.errLines())
                .singleElement()
                .asString()
                .contains("known are")
                .contains("sim:");
    }

    @Test
    void acquire_records_andTheRecordingIsADevice() {
        Path first = folder.resolve("first");
        CliRun run = CliRun.of(
                "acquire",
                "--device",
                "sim:icoprime?seed=5",
                "--frames",
                "2",
                "--voltage",
                "12",
                "--out",
                first.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("frames: 2").contains("estimate, uncalibrated");
        assertThat(first.resolve("audit.tsv"))
                .content()
                .contains("acoustic output")
                .contains("voltageV=12.0");

        Path second = folder.resolve("second");
        CliRun again = CliRun.of(
                "acquire",
                "--device",
                first.resolve("recording.zarr").toUri().toString(),
                "--json",
                "--out",
                second.toString());
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).contains("\"frames\" : 2");
        String[] samples = {"first", "second"};
        for (int i = 0; i < 2; i++) {
            Path bare = folder.resolve(samples[i] + ".npy");
            CliRun converted = CliRun.of(
                    "convert",
                    "-q",
                    folder.resolve(samples[i]).resolve("recording.zarr").toString(),
                    bare.toString());
            assertThat(converted.code()).isZero();
        }
        assertThat(folder.resolve("first.npy")).hasSameBinaryContentAs(folder.resolve("second.npy"));
    }

    @Test
    void acquire_tooMuchVoltage_isRefused() {
        CliRun run = CliRun.of(
                "acquire", "--voltage", "60", "--out", folder.resolve("x").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("voltageV is 60.0");
        assertThat(folder.resolve("x").resolve("recording.zarr")).doesNotExist();
    }
}
