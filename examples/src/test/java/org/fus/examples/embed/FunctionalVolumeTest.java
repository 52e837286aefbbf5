package org.fus.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.simulation.HaemodynamicResponse;
import org.fus.core.simulation.VascularScene;
import org.fus.hardware.session.SessionReport;
import org.fus.hardware.trigger.Paradigm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FunctionalVolumeTest {
    @Test
    void stimulus_isFoundInTheVolumes(@TempDir Path folder) {
        Path run = folder.resolve("mouse");

        SessionReport report = FunctionalVolume.acquire(run, 2, 12, Paradigm.blocks(3, 4, 4, 1, "light"));

        assertThat(report.outcome()).isEqualTo(SessionReport.Outcome.COMPLETE);
        assertThat(report.volumes()).isEqualTo(12);
        assertThat(report.events())
                .singleElement()
                .satisfies(e -> assertThat(e.trialType()).isEqualTo("light"));
        double[] map =
                FunctionalVolume.correlate(run.resolve("volumes.scan"), report.events(), HaemodynamicResponse.RODENT);
        // planes at -0.2 and 0.2 mm, a column per element, a row per wavelength; the second plane goes through the
        // region
        int nx = 128;
        int nz = map.length / nx / 2;
        var region = VascularScene.DEFAULT.region();
        double inside = 0;
        double outside = 0;
        int insiders = 0;
        int outsiders = 0;
        for (int z = 0; z < nz; z++) {
            for (int x = 0; x < nx; x++) {
                double r = map[(z * 2 + 1) * nx + x];
                double w = region.weight((x - 63.5) * 0.11e-3, 0.2e-3, -1e-3 - z * 98.56e-6);
                if (w > 0.6) {
                    inside += r;
                    insiders++;
                } else if (w < 1e-3) {
                    outside += r;
                    outsiders++;
                }
            }
        }
        // single voxels of 12 time points: by chance 0.3, the mean over some 40 independent ones 0.05
        assertThat(inside / insiders).isGreaterThan(outside / outsiders + 0.1);
        assertThat(Math.abs(outside / outsiders)).isLessThan(0.1);
    }

    @Test
    void docs_showTheseLines() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        List<String> code = Files.readAllLines(
                        root.resolve("examples/src/main/java/org/fus/examples/embed/FunctionalVolume.java"))
                .stream()
                .dropWhile(l -> !l.contains("tag::acquire"))
                .skip(1)
                .takeWhile(l -> !l.contains("end::acquire"))
                .map(String::strip)
                .toList();
        List<String> docs = Files.readAllLines(root.resolve("docs/acquisition.md")).stream()
                .dropWhile(l -> !l.equals("<!-- acquire -->"))
                .skip(2)
                .takeWhile(l -> !l.startsWith("```"))
                .map(String::strip)
                .toList();
        assertThat(docs).isEqualTo(code);
    }
}
