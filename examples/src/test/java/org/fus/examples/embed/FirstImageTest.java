package org.fus.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.fus.core.data.DopplerFrame;
import org.fus.core.geometry.PixelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstImageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void write_brain_showsVesselsAboveTissue(@TempDir Path folder) throws IOException {
        DopplerFrame power = FirstImage.write(folder.resolve("power.png"));

        // vessels run down at x = -1.2 and 1.2 mm around 6.5 mm depth; the middle between them is tissue
        double vessels = mean(power, -1.3e-3, -1.1e-3) + mean(power, 1.1e-3, 1.3e-3);
        assertThat(10 * Math.log10(vessels / 2 / mean(power, -0.3e-3, 0.3e-3))).isGreaterThan(10);
        assertThat(ImageIO.read(folder.resolve("power.png").toFile()).getWidth())
                .isGreaterThan(400);
    }

    @Test
    void readme_showsTheseLines() throws IOException {
        List<String> code =
                Files.readAllLines(ROOT.resolve("examples/src/main/java/org/fus/examples/embed/FirstImage.java"))
                        .stream()
                        .dropWhile(l -> !l.contains("tag::embed"))
                        .skip(1)
                        .takeWhile(l -> !l.contains("end::embed"))
                        .map(String::strip)
                        .filter(l -> !l.startsWith("return"))
                        .toList();
        List<String> readme = Files.readAllLines(ROOT.resolve("README.md")).stream()
                .dropWhile(l -> !l.equals("<!-- embed -->"))
                .skip(2)
                .takeWhile(l -> !l.startsWith("```"))
                .map(String::strip)
                .toList();

        assertThat(readme).isEqualTo(code);
    }

    private static double mean(DopplerFrame power, double fromM, double toM) {
        PixelGrid grid = power.grid().cartesian();
        double sum = 0;
        int n = 0;
        for (int p = 0; p < grid.size(); p++) {
            double x = grid.xM(p % grid.nx());
            double z = grid.zM(p / grid.nx());
            if (x >= fromM && x <= toM && z > 5.5e-3 && z < 7.5e-3) {
                sum += power.at(p);
                n++;
            }
        }
        return sum / n;
    }
}
